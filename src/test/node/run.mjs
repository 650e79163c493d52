// Runs executions of state machines. Each line of standard input is an order, one JSON document:
//   definition  the state machine's definition
//   bridge      a URL; each Task state's input is posted to it, at /{name of the state}, and it answers {"result": …} or
//               {"error": …, "cause": …}
//   inputs      one input an execution; all of them run side by side
//   waitMillis, retryMillis   what Wait states and pauses before a retry take instead of their own time
// Standard output gets a line for each order, an array with an element an execution: {"output": …} or {"error": …, "cause": …}, and
// "states", the names of the states entered, a retried one as often as it was tried.
import { createInterface } from 'node:readline';
import { StateMachine } from 'aws-local-stepfunctions';

// definitions.mjs has checked them.
const unchecked = { validationOptions: { noValidate: true } };
const forEach = (names, value) => Object.fromEntries(names.map(name => [name, value(name)]));

async function carryOut({ definition, bridge, inputs, waitMillis, retryMillis }) {
  const named = type => Object.keys(definition.States).filter(name => definition.States[name].Type === type);
  const task = name => async input => {
    const answer = await fetch(new URL(encodeURIComponent(name), bridge), { method: 'POST', body: JSON.stringify(input) });
    const { result, error, cause } = await answer.json();
    if (error === undefined) {
      return result;
    }
    throw Object.assign(new Error(cause), { name: error });
  };
  const overrides = {
    taskResourceLocalHandlers: forEach(named('Task'), task),
    waitTimeOverrides: forEach(named('Wait'), () => waitMillis),
    retryIntervalOverrides: forEach(named('Task'), () => retryMillis)
  };
  return Promise.all(inputs.map(input => execute(new StateMachine(definition, unchecked), input, overrides)));
}

async function execute(machine, input, overrides) {
  const context = { Execution: { Input: input }, StateMachine: { Id: 'arn:aws:states:eu-central-1:123456789012:stateMachine:import' } };
  const execution = machine.run(input, { overrides, context });
  const states = [];
  const watch = (async () => {
    for await (const event of execution.eventLogs) {
      if (event.type === 'StateEntered' || event.type === 'StateRetried') {
        states.push(event.state.name);
      }
    }
  })();
  let end;
  try {
    end = { output: await execution.result };
  } catch (failure) {
    const reason = failure.cause ?? failure;
    end = { error: reason.name, cause: reason.message };
  }
  await watch;
  return { ...end, states };
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(JSON.stringify(await carryOut(JSON.parse(line))) + '\n');
}
