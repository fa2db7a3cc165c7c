/** kubectl events. Follows staging/src/k8s.io/kubectl/pkg/cmd/events/{events,event_printer}.go. */

import { humanDuration } from '../../engine/api/human-duration';
import type { KubeObject } from '../../engine/api/meta';
import { apiVersionOf } from '../../engine/api/scheme';
import type { Call, Command, Turn } from '../command';
import { KubectlError } from '../errors';
import { CHUNK_SIZE, flag, OUTPUT } from '../flag-sets';
import { namedKind } from '../named-kind';
import { renderOutput } from '../output/output';
import { outputFormat, strictKeysOf } from '../output-format';
import { tableText } from '../printers/tab-writer';
import { namespaceOf } from '../selection';

interface RecordedEvent extends KubeObject {
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly count?: number;
  readonly eventTime?: string | null;
  readonly firstTimestamp?: string | null;
  readonly lastTimestamp?: string | null;
  readonly series?: { readonly count: number; readonly lastObservedTime: string };
  readonly involvedObject: { readonly kind?: string; readonly name?: string };
}

function timeOf(event: RecordedEvent): string | null | undefined {
  return event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime;
}

function since(call: Call, timestamp: string | null | undefined): string {
  return timestamp ? humanDuration(call.io.nowMs - call.io.timeOf(timestamp)) : '<unknown>';
}

function interval(call: Call, event: RecordedEvent): string {
  const first = since(call, event.eventTime ?? event.firstTimestamp);
  const { series, count = 0 } = event;
  if (series) return `${since(call, series.lastObservedTime)} (x${series.count} over ${first})`;
  return count > 1 ? `${since(call, event.lastTimestamp)} (x${count} over ${first})` : first;
}

/** The field selector of `--for TYPE/NAME`. */
function aboutSelector(call: Call, text: string): string | undefined {
  if (text === '') return undefined;
  const [type = '', name = '', ...more] = text.split('/');
  if (!type || !name || more.length > 0) {
    throw new KubectlError('--for must be in resource/name form');
  }
  const mapping = namedKind(call, type);
  const version = apiVersionOf(mapping);
  return `involvedObject.kind=${mapping.kind},involvedObject.apiVersion=${version},involvedObject.name=${name}`;
}

function wantedTypes(call: Call): readonly string[] {
  const types = call.flags.list('types').map((type) => type.toLowerCase());
  if (types.some((type) => type !== 'normal' && type !== 'warning')) {
    throw new KubectlError('valid --types are Normal or Warning');
  }
  return types;
}

function findEvents(call: Call): RecordedEvent[] {
  const types = wantedTypes(call);
  const fieldSelector = aboutSelector(call, call.flags.text('for'));
  const namespace = call.flags.bool('all-namespaces') ? undefined : namespaceOf(call);
  const all = call.io.client.list<RecordedEvent>('Event', { namespace, fieldSelector });
  const wanted = all.filter(({ type = '' }) => types.length === 0 || types.includes(type.toLowerCase()));
  const keyed = wanted.map((event) => ({ event, atMs: timeOf(event) ? call.io.timeOf(timeOf(event) as string) : 0 }));
  return keyed.sort((a, b) => a.atMs - b.atMs).map(({ event }) => event);
}

function table(call: Call, events: readonly RecordedEvent[]): string {
  const everywhere = call.flags.bool('all-namespaces');
  const header = ['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'];
  const rows = events.map((event) => {
    const { kind = '', name = '' } = event.involvedObject;
    const cells = [
      interval(call, event),
      event.type ?? '',
      event.reason ?? '',
      `${kind}/${name}`,
      (event.message ?? '').trim(),
    ];
    return everywhere ? [event.metadata.namespace ?? '', ...cells] : cells;
  });
  const titled = call.flags.bool('no-headers') ? rows : [everywhere ? ['NAMESPACE', ...header] : header, ...rows];
  return tableText(titled);
}

function run(call: Call): Turn {
  const output = outputFormat(call);
  const events = findEvents(call);
  if (events.length === 0) {
    const everywhere = call.flags.bool('all-namespaces');
    call.err(everywhere ? 'No events found.\n' : `No events found in ${namespaceOf(call)} namespace.\n`);
  } else if (output?.format === 'name') {
    // As kubectl has it: typed Events say no kind, so that none is named, and the printer's complaint is dropped.
  } else if (output) {
    call.out(renderOutput(output.format, output.template, events, { asList: true, strictKeys: strictKeysOf(call) }));
  } else call.out(table(call, events));
  if (call.flags.bool('watch')) {
    call.err('kubestep: --watch is not simulated; these are the events so far.\n');
  }
  return undefined;
}

/** kubectl events. */
export const events: Command = {
  path: 'events',
  reads: true,
  use: 'events [--for TYPE/NAME] [--types=Normal,Warning]',
  flags: [
    ...OUTPUT,
    ...CHUNK_SIZE,
    flag.bool('watch', 'w'),
    flag.bool('all-namespaces', 'A'),
    flag.text('for'),
    flag.strings('types'),
    flag.bool('no-headers'),
  ],
  run,
};
