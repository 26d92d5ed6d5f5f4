// Builds one input in a process of its own, and says how long that took from the start of the process.
import { contenders, isContender } from './builder.ts';
import { inputs } from './inputs.ts';

const [name = '', inputName] = process.argv.slice(2);
const input = inputs.find((each) => each.name === inputName);
if (!isContender(name) || input === undefined) throw new Error(`There is no ${name} or no ${inputName}.`);
const contender = await contenders[name]();
const text = await contender.build(input);
// Milliseconds since the process began.
process.send?.({ time: performance.now(), length: text.length });
await contender.close();
process.exit(0);
