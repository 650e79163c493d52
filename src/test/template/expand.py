#!/usr/bin/env python3
"""Expands infra/template.yaml as CloudFormation's SAM transform does, and writes what the tests read.

Run it from the project's folder after each change of infra/template.yaml:

    pip install aws-sam-translator==1.110.0 cfn-lint==1.51.0
    python3 src/test/template/expand.py            # writes src/test/resources/template/expanded.json
    python3 src/test/template/expand.py --check    # fails when that file is not what the template expands to

The file holds the SHA-256 of the template, the expanded template with its default parameters, and the logical IDs of the functions'
versions: with the defaults, and after a change of each parameter.
"""
import copy
import hashlib
import json
import sys
from importlib.metadata import version
from pathlib import Path

from cfnlint.decode import cfn_yaml
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

TEMPLATE = Path("infra/template.yaml")
EXPANDED = Path("src/test/resources/template/expanded.json")
REGION = "eu-central-1"

# Where a parameter has no default, or where its rule allows no arbitrary change.
VALUES = {
    "OktaOrgUrl": ["https://example.okta.com", "https://other.okta.com"],
    "OktaClientId": ["0oa1client", "0oa2client"],
    "FollowHours": ["6", "12"],
    "AlarmTopicArn": ["arn:aws:sns:eu-central-1:123456789012:alarms", "arn:aws:sns:eu-central-1:123456789012:others"],
    "TellFinished": ["", "hr@example.com"],
    "JwtIssuer": ["https://dev.okta.com/oauth2/default", "https://dev.okta.com/oauth2/other"],
}
ARNS = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:okta-import-"


class Session:
    """Stands in for boto3's session: the translator asks it for the region alone."""

    region_name = REGION


def plain(node):
    """Dicts, lists and scalars without the line numbers that the linter's loader adds."""
    if isinstance(node, dict):
        return {str(key): plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [plain(value) for value in node]
    return str(node) if isinstance(node, str) else node


def load():
    template, faults = cfn_yaml.load(str(TEMPLATE)), []
    return plain(template)


def packaged(template):
    """What `sam package` does to paths on this machine."""
    template = copy.deepcopy(template)
    template["Globals"]["Function"]["CodeUri"] = "s3://packages/function"
    for resource in template["Resources"].values():
        if "DefinitionUri" in resource.get("Properties", {}):
            resource["Properties"]["DefinitionUri"] = "s3://packages/" + resource["Properties"]["DefinitionUri"]
    return template


def expand(template, parameters):
    translator = Translator({}, Parser(), boto_session=Session())
    return translator.translate(packaged(template), parameters)


def first_and_second(name, parameter):
    if name in VALUES:
        return VALUES[name]
    default = parameter.get("Default", "")
    if "AllowedValues" in parameter:
        return [default, next(value for value in parameter["AllowedValues"] if value != default)]
    if parameter["Type"] == "Number":
        return [str(default), str(int(default) - 1 if default == parameter.get("MaxValue") else int(default) + 1)]
    return [ARNS + "1-Ab12Cd", ARNS + "2-Ab12Cd"] if name.endswith("Arn") else [str(default), "500"]


def versions(expanded):
    return {
        resource["Properties"]["FunctionName"]["Ref"]: name
        for name, resource in expanded["Resources"].items()
        if resource["Type"] == "AWS::Lambda::Version"
    }


def document():
    template = load()
    parameters = {name: first_and_second(name, given) for name, given in template["Parameters"].items()}
    defaults = {name: str(values[0]) for name, values in parameters.items()}
    expanded = expand(template, defaults)
    changed = {
        name: versions(expand(template, {**defaults, name: str(values[1])})) for name, values in parameters.items()
    }
    return {
        "sha256": hashlib.sha256(TEMPLATE.read_bytes()).hexdigest(),
        "translator": version("aws-sam-translator"),
        "versions": versions(expanded),
        "versionsAfterChange": changed,
        "template": expanded,
    }


def main():
    text = json.dumps(document(), indent=1, sort_keys=True, default=str) + "\n"
    if "--check" in sys.argv:
        if not EXPANDED.exists() or EXPANDED.read_text() != text:
            sys.exit(f"{EXPANDED} is not what {TEMPLATE} expands to: run src/test/template/expand.py")
    else:
        EXPANDED.parent.mkdir(parents=True, exist_ok=True)
        EXPANDED.write_text(text)


if __name__ == "__main__":
    main()
