/** The options of a script: what is not known is said in a line with those that are, and `--help` lists them. */
import { parseArgs } from 'node:util';

/** The values of the options, as `parseArgs` of node:util gives them; ends the process after help (0) or a mistake (2). */
export function optionsOf(options) {
  const known = Object.entries(options).map(([name, { type, default: given }]) =>
    type === 'boolean' ? `--${name}` : `--${name} ${given === undefined || given === '' ? 'VALUE' : `(${given})`}`,
  );
  try {
    const { values } = parseArgs({ options: { ...options, help: { type: 'boolean' } } });
    if (!values.help) return values;
    console.log(`Options, with what they are when left out: ${known.join(', ')}`);
    process.exit(0);
  } catch (error) {
    console.error(`${error.message.split('. ')[0]}. Options: ${known.join(', ')}`);
    process.exit(2);
  }
}
