#!/usr/bin/env bash
# Packs a release: pack.sh BUILT TARGET VERSION. BUILT has a folder for each form with its function.zip, and sbom/bom.json. Each zip unpacks
# to what `sam deploy --template-file infra/template.yaml` takes: the template looks for ../target/function.zip. The documents are where
# the repository has them, with what they link to.
set -euo pipefail
built=$1 target=$(mkdir -p "$2" && cd "$2" && pwd) version=$3
root=$(cd "$(dirname "$0")/.." && pwd)
for form in native-arm64 native-x86_64 jvm; do
  folder=$(mktemp -d)
  mkdir -p "$folder/target" "$folder/src/test/resources" "$folder/.github"
  cp -R "$root/infra" "$folder/infra"
  rm -f "$folder/infra/samconfig.toml"
  cp "$built/$form/function.zip" "$folder/target/function.zip"
  cp "$built/sbom/bom.json" "$folder/bom.json"
  cp "$root/README.md" "$root/LICENSE" "$folder"
  cp "$root"/.github/*.md "$folder/.github"
  cp -R "$root/src/docs" "$folder/src/docs"
  cp -R "$root/src/test/resources/hr-exports" "$folder/src/test/resources/hr-exports"
  case $form in
    native-x86_64) sed -i "/^  Architecture:/,/^  [A-Z]/s/Default: arm64/Default: x86_64/" "$folder/infra/template.yaml" ;;
    jvm) sed -i "/^  Form:/,/^  [A-Z]/s/Default: native/Default: jvm/" "$folder/infra/template.yaml" ;;
  esac
  # The JDK's packer is on every machine that builds this.
  jar --create --no-manifest --file "$target/bulk-user-import-$version-$form.zip" -C "$folder" .
  rm -r "$folder"
done
cp "$built/sbom/bom.json" "$target/bulk-user-import.cdx.json"
