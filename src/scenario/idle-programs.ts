/** Programs in the containers of a manifest that would change the cluster and do nothing here, each with its place. */
import { isObject } from '../engine/api/plain';
import type { Problem, SourceDocument } from '../kubectl/yaml';

type Path = readonly (string | number)[];

const NAMES = 'kubectl|helm|kube-scheduler';
const CALLED = new RegExp(`^(?:\\S*/)?(${NAMES})$|(?:^|[\\s;&|(])(${NAMES})\\s`);
/** Of images whose entrypoint it is. */
const IMAGE = /(?:^|\/)(kubectl)(?:[:@]|$)/;

/** The program that a container begins, and where it is named. */
function programOf(container: Readonly<Record<string, unknown>>): readonly [name: string, key: string] | undefined {
  for (const key of ['command', 'args']) {
    const words = container[key];
    if (!Array.isArray(words)) continue;
    for (const word of words) {
      const [, name, inText] = CALLED.exec(String(word)) ?? [];
      if (name ?? inText) return [(name ?? inText) as string, key];
    }
    if (key === 'command') return undefined;
  }
  const [, name] = IMAGE.exec(String(container.image)) ?? [];
  return name === undefined ? undefined : [name, 'image'];
}

function found(value: unknown, path: Path): readonly (readonly [name: string, path: Path])[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, below]) => {
    const here = [...path, Array.isArray(value) ? Number(key) : key];
    if (!/^(?:c|initC)ontainers$/.test(key) || !Array.isArray(below)) return found(below, here);
    return below.flatMap((container, at) => {
      const program = isObject(container) ? programOf(container as Readonly<Record<string, unknown>>) : undefined;
      return program ? [[program[0], [...here, at, program[1]]] as const] : [];
    });
  });
}

/** See the header. */
export function idlePrograms(document: SourceDocument): Problem[] {
  const { kind, metadata, spec } = document.object;
  return found(spec, ['spec']).map(([name, path]) => ({
    ...document.rangeOf(path),
    message: `${name} of ${kind} ${metadata?.name ?? ''} has no effect: what runs in a Pod does nothing to the cluster here`,
  }));
}
