/** The facts `events` (the control plane's) and `kubelet` (the kubelet's, about Pods): which Events there were, in which words. */
import type { Substitute } from '../placeholders';
import { at, type Json, type Run, textAt } from '../run';

const EVERYDAY_NODE_EVENT = /^(NodeHasSufficient|NodeReady|Starting|RegisteredNode|NodeAllocatable|CIDR)/;
const COMBINED = '(combined from similar events)';

interface Said {
  readonly source: string;
  readonly about: Json;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
}

function* eventsOf(run: Run): Generator<Said> {
  for (const { type, object } of run.watch) {
    if (object.kind !== 'Event' || type === 'DELETED') continue;
    const message = textAt(object, 'message') || textAt(object, 'note');
    if (message.startsWith(COMBINED)) continue;
    const source =
      textAt(object, 'source', 'component') ||
      textAt(object, 'reportingComponent') ||
      textAt(object, 'reportingController');
    const about = at(object, 'involvedObject') ?? at(object, 'regarding');
    yield { source, about, type: textAt(object, 'type'), reason: textAt(object, 'reason'), message };
  }
}

const asSet = (lines: Iterable<string>): Json =>
  Object.fromEntries([...new Set(lines)].sort().map((line) => [line, 1]));

/** The Events of controllers and scheduler. */
export function controlPlaneEvents(run: Run, substitute: Substitute): Json {
  const lines: string[] = [];
  for (const { source, about, type, reason, message } of eventsOf(run)) {
    if (/kubelet|kube-proxy|apiserver/.test(source) || reason === 'ClusterIPNotAllocated') continue;
    const kind = textAt(about, 'kind');
    if (kind === 'Node' && EVERYDAY_NODE_EVENT.test(reason)) continue;
    lines.push(substitute(`${kind} ${textAt(about, 'name')} | ${type} | ${reason} | ${message}`));
  }
  return asSet(lines);
}

/** Durations, sizes and ids in the kubelet's words. */
const kubeletText = (text: string): string =>
  text
    .replace(
      / in [\d.]+(ms|s|m[\d.]+s) \([\d.]+(ms|s|m[\d.]+s) including waiting\)/,
      ' in {age} ({age} including waiting)',
    )
    .replace(/Image size: \d+ bytes/, 'Image size: {n} bytes')
    .replace(/\b[0-9a-f]{64}\b/g, '{id}');

/** The kubelet's Events about Pods. */
export function kubeletEvents(run: Run, substitute: Substitute): Json {
  const lines: string[] = [];
  for (const { source, about, type, reason, message } of eventsOf(run)) {
    if (source !== 'kubelet' || textAt(about, 'kind') !== 'Pod') continue;
    const fieldPath = textAt(about, 'fieldPath');
    const where = `Pod ${textAt(about, 'name')}${fieldPath ? ` ${fieldPath}` : ''}`;
    lines.push(kubeletText(substitute(`${where} | ${type} | ${reason} | ${message}`)));
  }
  return asSet(lines);
}
