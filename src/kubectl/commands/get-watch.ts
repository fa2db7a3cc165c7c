/**
 * kubectl get -w: prints what is there and then every change, as a row or in the form that `-o` asks for, until `--request-timeout`, a
 * `timeout` in front of it, or whoever ran it looks no longer. Columns only grow, so that rows stay under their header.
 * Follows watch in staging/src/k8s.io/kubectl/pkg/cmd/get/get.go and the watch cache's filtering by selectors
 * (apiserver/pkg/storage/cacher/cache_watcher.go): an object that begins to match is added, one that no longer does is deleted.
 */
import { goJson, sortedKeys } from '../../engine/api/go-text';
import type { KindDefinition } from '../../engine/api/kinds/definition';
import type { KubeObject } from '../../engine/api/meta';
import { matchesFieldSelector, matchesText } from '../../engine/api/selector';
import type { Call, Progress, SeenChange, TableOptions, Turn } from '../command';
import { asCommandError, isRefusal, KubectlError, throwAll } from '../errors';
import { kyamlText } from '../output/kyaml';
import { renderOutput } from '../output/output';
import { type OutputFormat, strictKeysOf } from '../output-format';
import { tableRows } from '../printers/registry';
import { growingTable } from '../printers/tab-writer';
import { requestTimeoutMs } from '../request-timeout';
import { type Info, namespaceOf, type Selection, settle } from '../selection';

type EventType = 'ADDED' | 'MODIFIED' | 'DELETED';

/** Where a watch stands. */
interface WatchProgress extends Progress {
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly sinceMs: number;
  /** Changes up to here are known. */
  readonly revision: number;
  /** Widths of the columns so far. */
  readonly widths: readonly number[];
  /** Whether anything was printed, and so the header. */
  readonly begun: boolean;
}

/** What a watch prints with. */
interface Printing {
  readonly mapping: KindDefinition;
  readonly output: OutputFormat | undefined;
  readonly options: TableOptions;
}

interface Row {
  readonly type: EventType;
  readonly object: KubeObject;
}

const textOf = (call: Call, { format, template }: OutputFormat, object: KubeObject): string =>
  renderOutput(format, template, [object], { asList: false, strictKeys: strictKeysOf(call) });

/** What `--output-watch-events` prints: `name` the object alone, `json` in one line, and where keys aren't sorted, `type` comes first. */
function eventText(call: Call, output: OutputFormat, { type, object }: Row): string {
  const event = { type, object };
  if (output.format === 'name') return textOf(call, output, object);
  if (output.format === 'json') return `{"type":"${type}","object":${goJson(object)}}\n`;
  if (output.format === 'kyaml') return kyamlText(event, (of) => (of === event ? ['type', 'object'] : sortedKeys(of)));
  return textOf(call, output, event as unknown as KubeObject);
}

function print(call: Call, { mapping, output, options }: Printing, rows: readonly Row[], progress: WatchProgress) {
  const withEvents = call.flags.bool('output-watch-events');
  if (output && output.format !== 'wide') {
    for (const [index, { type, object }] of rows.entries()) {
      const separator = output.format === 'yaml' && (progress.begun || index > 0) ? '---\n' : '';
      call.out(separator + (withEvents ? eventText(call, output, { type, object }) : textOf(call, output, object)));
    }
    return { ...progress, begun: progress.begun || rows.length > 0 };
  }
  const { header, cells } = tableRows(
    mapping,
    rows.map(({ object }) => object),
    { ...options, noHeaders: options.noHeaders || progress.begun },
  );
  const lines = cells.map((row, at) => (withEvents ? [rows[at]?.type as string, ...row] : row));
  const head = header ? [withEvents ? ['EVENT', ...header] : header] : [];
  if (lines.length === 0) return progress;
  const { text, widths } = growingTable([...head, ...lines], progress.widths);
  call.out(text);
  return { ...progress, widths, begun: true };
}

/** What a change is to a watch with selectors, or undefined when it is none. */
function eventOf(call: Call, { value, previous }: SeenChange): Row | undefined {
  const matches = (object: KubeObject | undefined): boolean =>
    object !== undefined &&
    matchesText(call.flags.text('selector'), object.metadata.labels) &&
    matchesFieldSelector(call.flags.text('field-selector'), object);
  const [is, was] = [matches(value), matches(previous)];
  if (is) return { type: was ? 'MODIFIED' : 'ADDED', object: value as KubeObject };
  return was ? { type: 'DELETED', object: value ?? (previous as KubeObject) } : undefined;
}

/** How the flags want a table of a kind. */
export function tableOptions(call: Call, mapping: KindDefinition, wide: boolean): TableOptions {
  const { flags, io } = call;
  return {
    ...{ nowMs: io.nowMs, now: io.now, timeOf: io.timeOf, wide },
    noHeaders: flags.bool('no-headers'),
    showLabels: flags.bool('show-labels'),
    labelColumns: flags.list('label-columns'),
    allNamespaces: flags.bool('all-namespaces') && mapping.namespaced,
    showKind: flags.bool('show-kind'),
    // What is answered for a resize has no columns of its own.
    generic: !flags.bool('server-print') || flags.text('subresource') === 'resize',
  };
}

/** The object or kind that a selection is of. Throws as `Watch` of the builder's result does. */
function watchedBy(call: Call, { mappings }: Selection, infos: readonly Info[]) {
  const [first, ...others] = infos;
  const [kind] = mappings;
  if (kind) {
    const isWide = call.flags.bool('all-namespaces') || !kind.namespaced;
    return { mapping: kind, namespace: isWide ? undefined : namespaceOf(call), name: undefined };
  }
  if (first && others.length === 0) return { mapping: first.mapping, namespace: first.namespace, name: first.name };
  throw new KubectlError(
    `watch is only supported on individual resources and resource collections - ${infos.length} resources were found`,
  );
}

/** Prints what is there and begins to watch. */
export function beginWatch(call: Call, selection: Selection, output: OutputFormat | undefined): Turn {
  requestTimeoutMs(call.flags);
  const { infos, errors } = settle(selection);
  const ignores = call.flags.bool('ignore-not-found');
  throwAll(errors.map(asCommandError).filter((error) => !ignores || !isRefusal(error, 'NotFound')));
  if (selection.mappings.length > 1) throw new KubectlError('you may only specify a single resource type');
  if (infos.length === 0 && selection.mappings.length === 0) return undefined;
  const mapping = (selection.mappings[0] ?? infos[0]?.mapping) as KindDefinition;
  const begun: WatchProgress = {
    ...{ kind: mapping.id, namespace: undefined, name: undefined, sinceMs: call.io.nowMs, widths: [], begun: false },
    revision: call.io.client.listRevision(mapping.id, mapping.namespaced ? namespaceOf(call) : undefined),
  };
  const printing = { mapping, output, options: tableOptions(call, mapping, output?.format === 'wide') };
  const rows = infos.map(({ object }): Row => ({ type: 'ADDED', object: object as KubeObject }));
  const isFirst = !call.flags.bool('watch-only');
  const progress = isFirst ? print(call, printing, rows, begun) : begun;
  const { namespace, name } = watchedBy(call, selection, infos);
  return wait(call, { ...progress, namespace, name });
}

/** Prints what has changed since, and goes on. */
export function goOnWatching(call: Call, output: OutputFormat | undefined): Turn {
  const progress = call.progress as WatchProgress;
  const mapping = call.io.client.discovery().find(progress.kind);
  if (!mapping) return undefined;
  const printing = { mapping, output, options: tableOptions(call, mapping, output?.format === 'wide') };
  const news = (call.io.seen ?? []).filter(({ revision }) => revision > progress.revision);
  const rows = news.flatMap((change) => eventOf(call, change) ?? []);
  return wait(call, print(call, printing, rows, progress));
}

function wait(call: Call, progress: WatchProgress): Turn {
  const { kind, namespace, name, sinceMs } = progress;
  const timeoutMs = requestTimeoutMs(call.flags);
  if (timeoutMs > 0 && call.io.nowMs >= sinceMs + timeoutMs) return undefined;
  const wake = timeoutMs > 0 ? { wakeMs: sinceMs + timeoutMs } : {};
  return { progress, watch: { kind, namespace, name }, follows: true, ...wake };
}
