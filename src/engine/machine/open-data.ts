/** What an image's own program does with its files before it serves, and whether it can. Follows the entrypoints of the images on Docker Hub. */
import { momentOf, print, printServer } from './container-output';
import type { Files } from './cri';
import { keepFiles, visibleFiles } from './filesystem';
import { entrypointOutput, refusalText } from './image-output';
import type { Machine, MachineContainer } from './records';
import { writingRefusal } from './writing-refusal';

/** How a program that can't begin ends. */
export interface Refused {
  readonly code: number;
  readonly afterMs: number;
}

/** How long a database takes to see that it can't begin, and an entrypoint to see that it has not been told something. */
const REFUSAL_MS = 1000;
const ENTRYPOINT_MS = 500;

const MONGO_NEEDS_BOTH = `
error: missing 'MONGO_INITDB_ROOT_USERNAME' or 'MONGO_INITDB_ROOT_PASSWORD'
       both must be specified for a user to be created

`;

/** Where a database has its files: Postgres can be told. */
export const dataDirectory = ({ behaviour: { data, catalogueName }, environment }: MachineContainer): string =>
  (catalogueName === 'postgres' ? environment.PGDATA : undefined) || (data?.directory ?? '');

/** What an entrypoint prints that has not been told what it needs; undefined when it has. */
function lacking({ behaviour, environment, spec }: MachineContainer, files: Files): string | undefined {
  const { requires = [], catalogueName } = behaviour;
  // Whose command is another's has no entrypoint.
  if (spec.command?.length) return undefined;
  const { MONGO_INITDB_ROOT_USERNAME: user = '', MONGO_INITDB_ROOT_PASSWORD: password = '' } = environment;
  if (catalogueName === 'mongo' && (user === '') !== (password === '')) return MONGO_NEEDS_BOTH;
  for (const name of requires) {
    const file = environment[`${name}_FILE`];
    if (file && files[file] === undefined)
      return `/usr/local/bin/docker-entrypoint.sh: line 21: ${file}: No such file or directory\n`;
    const [variable = '', value] = name.split('=');
    const found = environment[variable];
    if (file || (value === undefined ? found : found === value)) return undefined;
  }
  return requires.length > 0 ? '' : undefined;
}

/** Whether a database has been made before. */
export const isMade = (container: MachineContainer, files: Files): boolean =>
  files[`${dataDirectory(container)}/${container.behaviour.data?.marker}`] !== undefined;

/** A program opens its files, or brings them into an empty directory; or says why it can't. */
export function openData(machine: Machine, container: MachineContainer): Refused | undefined {
  const { context } = machine;
  const { data, files: own, refusal: problem, catalogueName = '' } = container.behaviour;
  const refusal = writingRefusal(machine, container);
  const refused = (text: string, afterMs = REFUSAL_MS, code = 1): Refused => {
    print(machine, container.id, 'stderr', text);
    return { code, afterMs };
  };
  if (refusal !== undefined) return refused(refusal.said, REFUSAL_MS, refusal.code);
  if (problem) {
    const moment = momentOf(machine, container);
    print(machine, container.id, 'stdout', entrypointOutput(catalogueName, moment));
    return refused(refusalText(catalogueName, problem.said, moment), Math.max(REFUSAL_MS, problem.afterMs));
  }
  const isTold = container.behaviour.requires === undefined && catalogueName !== 'mongo';
  if (isTold && (!data || container.mounts.length === 0)) return undefined;
  const seen = visibleFiles(context, container);
  if (data ? isMade(container, seen) : isTold) return undefined;
  const lost = lacking(container, seen);
  if (lost === '') printServer(machine, container, 'failed');
  if (lost !== undefined) return refused(lost, ENTRYPOINT_MS);
  if (!data || container.mounts.length === 0) return undefined;
  const directory = dataDirectory(container);
  const there = Object.keys(seen).filter((path) => path.startsWith(`${directory}/`) && path !== `${directory}/.`);
  if (there.length > 0 && data.refusal !== undefined) return refused(`${data.refusal}\n`);
  const marker = { [`${directory}/${data.marker}`]: '' };
  const files = keepFiles(context, container, { ...marker, ...own, ...seen });
  context.memory.containers.set(container.id, { ...container, files });
  return undefined;
}
