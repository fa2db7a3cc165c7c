/** The built-ins that declare variables and take them away. Follows POSIX.1-2017, Shell Command Language, 2.14, and bash's `local`, `declare`. */
import { clear, MAP } from './array-store';
import { type Builtin, badName, complain, refuse } from './builtin';
import { keyOf } from './expander';
import { expanderOf } from './frames';
import { shellKind } from './held-programs';
import { ShellFault } from './host';
import type { Frame } from './process-state';
import { assign, environmentOf, type Process, type Running } from './processes';
import { writeTo } from './redirects';

/** `NAME`, `NAME=value`; undefined when it is neither. */
function definition(argument: string): { readonly name: string; readonly value?: string } | undefined {
  const match = /^([A-Za-z_]\w*)(?:=([\s\S]*))?$/.exec(argument);
  if (!match) return undefined;
  const [, name = '', value] = match;
  return value === undefined ? { name } : { name, value };
}

/** What stands before a `=`. */
const nameIn = (text: string): string => text.split('=', 1)[0] ?? '';

/** export. */
export const exportNames: Builtin = (running, process, args, frame) => {
  if (args.length === 0 || args[0] === '-p') {
    const lines = environmentOf(running, process).map(([name, value]) => `export ${name}='${value}'\n`);
    writeTo(running, process, 1, lines.join(''));
    return 0;
  }
  let status: number | undefined = 0;
  for (const argument of args) {
    if (/^-[a-z]$/.test(argument)) continue;
    const found = definition(argument);
    if (!found) {
      status = refuse(running, process, frame, badName(argument, nameIn(argument)));
      if (status === undefined) return status;
    } else {
      if (found.value !== undefined) assign(process, found.name, found.value);
      process.exported.add(found.name);
    }
  }
  return status;
};

/** `local` and `declare`: variables that the caller has back afterwards. */
export const local: Builtin = (_running, process, args, frame) => {
  const owner = process.frames.findLast((one) => one.call !== undefined && one !== frame);
  const letters = args.filter((one) => one.startsWith('-')).join('');
  for (const argument of args) {
    const found = definition(argument);
    if (!found) continue;
    const { name, value } = found;
    const isNew = owner?.call !== undefined && !Object.hasOwn(owner.call.covered, name);
    if (isNew && owner.call) {
      const before = [...process.variables].filter(([key]) => key.startsWith(name + MAP));
      const covered = { ...owner.call.covered, [name]: process.variables.get(name) ?? null };
      owner.call = { ...owner.call, covered: { ...covered, ...Object.fromEntries(before) } };
      clear(process, name);
    }
    if (letters.includes('A')) assign(process, name + MAP, '');
    else if (value !== undefined || (isNew && !letters.includes('a'))) assign(process, name, value ?? '');
  }
  return 0;
};

/** readonly. */
export const readonlyNames: Builtin = (running, process, args, frame) => {
  let status: number | undefined = 0;
  for (const argument of args) {
    const found = definition(argument);
    if (found?.value !== undefined) assign(process, found.name, found.value);
    if (found) process.constants = [...(process.constants ?? []), found.name];
    else if (!/^-[a-z]$/.test(argument)) {
      status = refuse(running, process, frame, badName(argument, nameIn(argument)));
      if (status === undefined) return status;
    }
  }
  return status;
};

/** Where `x[1]` is kept. */
function elementKey(running: Running, process: Process, frame: Frame, text: string): string {
  const [name = '', index = ''] = text.split(/[[\]]/);
  return keyOf(name, index, expanderOf(running, process, frame));
}

/** What a shell says of a constant that it is to take away: bash goes on, the others end. */
function keep(running: Running, process: Process, frame: Frame, name: string): number {
  const kind = shellKind(running.host, process);
  if (kind === 'bash')
    return complain(running, process, frame, { bash: `${name}: cannot unset: readonly variable` }, 1);
  throw new ShellFault(`sh: unset: ${kind === 'busybox' ? 'line 0: ' : ''}${name}: is read only`, 2);
}

/** unset. */
export const unset: Builtin = (running, process, args, frame) => {
  const isFunction = args[0] === '-f';
  let status = 0;
  for (const name of args.filter((one) => !/^-[fv]$/.test(one))) {
    if (isFunction) process.functions.delete(name);
    else if (process.constants?.includes(name)) status = keep(running, process, frame, name);
    else {
      if (name.endsWith(']')) process.variables.delete(elementKey(running, process, frame, name));
      else clear(process, name);
      process.exported.delete(name);
      process.unset.add(name);
    }
  }
  return status;
};
