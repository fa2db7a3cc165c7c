/**
 * Whether the documents of a text are what the cluster has at a moment: each is in sync, differs field by field, or is not there; and what an
 * earlier text brought that is no longer in this one. Only fields that the text has are compared: whatever else an object has, the API
 * server or controllers gave it.
 */
import type { KubeObject } from '../engine/api/meta';
import { isQuantity, parseQuantity } from '../engine/api/quantity';
import { kindId } from '../engine/api/scheme';
import type { Simulation } from '../engine/simulation';
import type { SourceDocument, SourceRange } from '../kubectl/yaml';
import { manifestText } from '../scenario/manifest-text';
import { identityOf } from './applied-texts';
import { hiddenText, isSecret } from './hidden-secrets';
import { withStringData } from './string-data';

/** One field that differs. Values as YAML would have them on one line; undefined: it is not there. */
export interface FieldDrift {
  readonly path: string;
  readonly here: string;
  readonly live: string | undefined;
  /** How to have the live value in the text, where both are plain: what to put in which place. */
  readonly take: { readonly range: SourceRange; readonly text: string } | undefined;
}

/** How a document stands to the cluster. */
export interface DocumentMark {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** The line of the text it begins in; null for what is not in the text. */
  readonly line: number | null;
  readonly state: 'in-sync' | 'differs' | 'not-there' | 'not-in-text';
  readonly drift: readonly FieldDrift[];
  /** What is not in the text, as a text had it last. */
  readonly source?: string;
}

/** So many fields of a document are told. */
const MAX_DRIFT = 20;
/** What a text has that no object has. */
const LEFT_OUT = /^(apiVersion|kind|status|metadata\.(creationTimestamp|managedFields|resourceVersion|uid))$/;
/** What tells the entries of a list apart, the first that all of them have. */
const LIST_KEYS = ['name', 'mountPath', 'containerPort', 'port', 'key', 'ip', 'topologyKey', 'devicePath', 'type'];

type Path = readonly (string | number)[];
type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isPlain = (value: unknown): value is string | number | boolean => typeof value !== 'object' || value === null;

/** Whether two plain values mean the same: `80` and `"80"`, `0.5` and `500m`. */
function isSame(here: unknown, live: unknown): boolean {
  if (String(here) === String(live)) return true;
  const [left, right] = [String(here), String(live)];
  return isQuantity(left) && isQuantity(right) && parseQuantity(left).nano === parseQuantity(right).nano;
}

/** Texts that YAML reads as texts without quotes. */
const BARE = /^(?!(?:true|false|null|yes|no|on|off|y|n)$)[a-z/][\w./:@-]*$/i;

/** A value as YAML has it on one line. */
const shown = (value: unknown): string =>
  typeof value === 'string' && BARE.test(value) ? value : JSON.stringify(value);

function listKey(items: readonly unknown[]): string | undefined {
  if (!items.every(isFields)) return undefined;
  return LIST_KEYS.find(
    (key) =>
      new Set(items.map((item) => (item as Fields)[key])).size === items.length &&
      items.every((item) => (item as Fields)[key] !== undefined),
  );
}

interface Differing {
  readonly path: Path;
  readonly here: unknown;
  readonly live: unknown;
}

/** A value that the text has emptied, where what was applied last still holds. */
const isEmptied = (held: unknown, live: unknown): boolean =>
  isPlain(held) && held !== null && held !== undefined && live !== undefined;

function compareLists(here: readonly unknown[], live: unknown, path: Path, held: unknown): Differing[] {
  if (!Array.isArray(live)) return here.length === 0 && live === undefined ? [] : [{ path, here, live }];
  const key = listKey(here);
  if (key === undefined) {
    const same = here.length === live.length && here.every((item, at) => compare(item, live[at], path).length === 0);
    return same ? [] : [{ path, here, live }];
  }
  return here.flatMap((item, at) => {
    const same = (one: unknown) => isFields(one) && isSame(one[key], (item as Fields)[key]);
    const before = Array.isArray(held) ? held.find(same) : undefined;
    return compare(item, live.find(same), [...path, at], before);
  });
}

/** What of a value is otherwise in another. `held`: the value as it was applied last. */
function compare(here: unknown, live: unknown, path: Path, held?: unknown): Differing[] {
  if (here === undefined || LEFT_OUT.test(path.join('.'))) return [];
  if (here === null) return isEmptied(held, live) ? [{ path, here, live }] : [];
  if (Array.isArray(here)) return compareLists(here, live, path, held);
  if (isFields(here)) {
    if (live !== undefined && !isFields(live)) return [{ path, here, live }];
    const before = isFields(held) ? held : undefined;
    return Object.keys(here).flatMap((key) => compare(here[key], live?.[key], [...path, key], before?.[key]));
  }
  return isPlain(live) && live !== undefined && live !== null && isSame(here, live) ? [] : [{ path, here, live }];
}

const pathText = (path: Path): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '');

/** A field stands in the text with its key. */
function taking(document: SourceDocument, path: Path, live: unknown): FieldDrift['take'] {
  const last = path[path.length - 1];
  const text = typeof last === 'string' ? `${last}: ${shown(live)}` : shown(live);
  return { range: document.rangeOf(path), text };
}

/** How a value is told of. */
function tellingOf(object: KubeObject, [first, ...within]: Path): (value: unknown) => string {
  const isHidden = isSecret(object) && (first === 'data' || first === 'stringData') && within.length > 0;
  return isHidden ? (value) => hiddenText(value, first === 'stringData') : shown;
}

function driftOf(document: SourceDocument, live: KubeObject, held: KubeObject | undefined): FieldDrift[] {
  const { object } = document;
  return compare(object, withStringData(live, object), [], held)
    .slice(0, MAX_DRIFT)
    .map(({ path, here, live: other }) => {
      const tell = tellingOf(object, path);
      return {
        path: pathText(path),
        here: tell(here),
        live: other === undefined ? undefined : tell(other),
        take: isPlain(here) && isPlain(other) && other !== undefined ? taking(document, path, other) : undefined,
      };
    });
}

/** The live object that a manifest is about, and what it is called. */
function liveOf(simulation: Simulation, step: number, { apiVersion, kind, metadata }: KubeObject) {
  const id = kindId(apiVersion, kind);
  const name = metadata?.name ?? '';
  const namespace = metadata?.namespace ?? 'default';
  const live = simulation.objectAt(step, id, namespace, name) ?? simulation.objectAt(step, id, undefined, name);
  return { live, about: { kind: id, namespace: live?.metadata.namespace ?? '', name } };
}

/** The marks of a text at a step. `held`: what texts have brought by then. */
export function marksOf(
  simulation: Simulation,
  step: number,
  documents: readonly SourceDocument[],
  held: readonly KubeObject[],
): DocumentMark[] {
  const applied = new Map(held.map((object) => [identityOf(object), object]));
  const marks = documents.flatMap((document): DocumentMark[] => {
    if (!document.object.kind || !document.object.metadata?.name) return [];
    const { live, about } = liveOf(simulation, step, document.object);
    const drift = live ? driftOf(document, live, applied.get(identityOf(document.object))) : [];
    const state = !live ? 'not-there' : drift.length > 0 ? 'differs' : 'in-sync';
    return [{ ...about, line: document.startLine, state, drift }];
  });
  const named = new Set(marks.map(({ kind, namespace, name }) => JSON.stringify([kind, namespace, name])));
  const gone = held.flatMap((object): DocumentMark[] => {
    const { live, about } = liveOf(simulation, step, object);
    if (!live || named.has(JSON.stringify([about.kind, about.namespace, about.name]))) return [];
    return [{ ...about, line: null, state: 'not-in-text', drift: [], source: manifestText([object]) }];
  });
  return [...marks, ...gone];
}
