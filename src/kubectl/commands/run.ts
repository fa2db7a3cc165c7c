/**
 * kubectl run: makes one Pod (and with --expose its Service). Follows staging/src/k8s.io/kubectl/pkg/cmd/run/run.go and
 * generate/versioned/run.go; what follows with -i and --attach stands in run-attached.ts.
 */

import type { KubeObject } from '../../engine/api/meta';
import { putIn } from '../../engine/api/plain';
import type { Call, Command, Turn } from '../command';
import { type DryRun, dryRunOf, writeOptions } from '../dry-run';
import { KubectlError, usageError } from '../errors';
import { DRY_RUN, FIELD_MANAGER, flag, OUTPUT, RECORD, SAVE_CONFIG } from '../flag-sets';
import { isImageReference } from '../image-reference';
import { withLastApplied } from '../last-applied';
import { printResult } from '../output-format';
import { OVERRIDES, overridden } from '../overrides';
import { recorded } from '../record';
import { namespaceOf } from '../selection';
import { type AttachedRun, attachedRun, goOn } from './run-attached';

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'];
const PULL_POLICIES = ['', 'Always', 'IfNotPresent', 'Never'];

const isAttached = ({ flags }: Call): boolean => (flags.given('attach') ? flags.bool('attach') : flags.bool('stdin'));

function validate(call: Call, dryRun: DryRun): void {
  const { flags } = call;
  if (call.args.length === 0 || call.argsBeforeDash === 0) throw usageError('run', 'NAME is required for run');
  const image = flags.text('image');
  if (!image) throw new KubectlError('--image is required');
  if (!isImageReference(image)) {
    throw new KubectlError(`Invalid image name ${JSON.stringify(image)}: invalid reference format`);
  }
  const attached = isAttached(call);
  if (flags.bool('tty') && !flags.bool('stdin')) {
    throw usageError('run', '-i/--stdin is required for containers with -t/--tty=true');
  }
  if (flags.bool('expose') && !flags.text('port')) {
    throw usageError('run', '--port must be set when exposing a service');
  }
  const restart = flags.text('restart');
  if (restart && !RESTART_POLICIES.includes(restart)) throw usageError('run', `invalid restart policy: ${restart}`);
  if (flags.bool('rm') && !attached) throw usageError('run', '--rm should only be used for attached containers');
  if (attached && dryRun !== 'none') {
    const options = "can't be used with attached containers options (--attach, --stdin, or --tty)";
    throw usageError('run', `--dry-run=[server|client] ${options}`);
  }
  const pull = flags.text('image-pull-policy');
  if (!PULL_POLICIES.includes(pull)) throw usageError('run', `invalid image pull policy: ${pull}`);
}

/** `a=b,c=d` as a map; with a part that has no `=`, kubectl's complaint. */
export function parseLabelPairs(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const part of text.split(',')) {
    const [key = '', value, ...more] = part.split('=');
    if (value === undefined || more.length > 0 || key === '') throw new KubectlError(`unexpected label spec: ${part}`);
    putIn(labels, key, value);
  }
  return labels;
}

function environment(call: Call): { name: string; value: string }[] {
  return call.flags.list('env').map((pair) => {
    const equals = pair.indexOf('=');
    const name = pair.slice(0, equals);
    if (equals <= 0 || !/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name)) throw new KubectlError(`invalid env: ${pair}`);
    return { name, value: pair.slice(equals + 1) };
  });
}

function annotations(call: Call): Record<string, string> | undefined {
  const pairs = call.flags.list('annotations').map((pair) => {
    const equals = pair.indexOf('=');
    if (equals <= 0) throw new KubectlError(`unexpected annotation spec: ${pair}`);
    return [pair.slice(0, equals), pair.slice(equals + 1)] as const;
  });
  return pairs.length > 0 ? Object.fromEntries(pairs) : undefined;
}

function portOf(call: Call): number | undefined {
  const text = call.flags.text('port');
  if (!text) return undefined;
  if (!/^[-+]?\d+$/.test(text)) throw new KubectlError(`strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`);
  const port = Number(text);
  if (Math.abs(port) >= 2 ** 63)
    throw new KubectlError(`strconv.Atoi: parsing ${JSON.stringify(text)}: value out of range`);
  return port;
}

function podOf(call: Call, name: string, labels: Readonly<Record<string, string>>): KubeObject {
  const { flags } = call;
  const env = environment(call);
  const words = call.args.slice(1);
  const port = portOf(call);
  const pullPolicy = flags.text('image-pull-policy');
  const noted = annotations(call);
  const container = {
    name,
    image: flags.text('image'),
    ...(words.length > 0 ? { [flags.bool('command') ? 'command' : 'args']: words } : {}),
    ...(env.length > 0 ? { env } : {}),
    ...(pullPolicy ? { imagePullPolicy: pullPolicy } : {}),
    ...(port === undefined ? {} : { ports: [{ containerPort: port }] }),
    ...(flags.bool('privileged') ? { securityContext: { privileged: true } } : {}),
    ...(flags.bool('stdin') ? { stdin: true } : {}),
    ...(flags.bool('stdin') && !flags.bool('leave-stdin-open') ? { stdinOnce: true } : {}),
    ...(flags.bool('tty') ? { tty: true } : {}),
    resources: {},
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { ...labels }, ...(noted ? { annotations: noted } : {}) },
    spec: { containers: [container], dnsPolicy: 'ClusterFirst', restartPolicy: flags.text('restart') || 'Always' },
    status: {},
  };
}

function serviceOf(call: Call, name: string, selector: Readonly<Record<string, string>>): KubeObject {
  const port = portOf(call);
  const labels = call.flags.text('labels') ? { labels: { ...selector } } : {};
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, ...labels },
    spec: { ports: [{ port, protocol: 'TCP', targetPort: port }], selector },
    status: { loadBalancer: {} },
  };
}

/** Makes an object of `run` or `expose`, unless it is a dry run of the client, and returns it. */
export function make(call: Call, generated: KubeObject, dryRun: DryRun): KubeObject {
  const namespace = dryRun === 'client' ? call.flags.text('namespace') : namespaceOf(call);
  const metadata = namespace ? { ...generated.metadata, namespace } : generated.metadata;
  const object = recorded(call, { ...generated, metadata });
  if (dryRun === 'client') return object;
  const saved = call.flags.bool('save-config') ? withLastApplied(object) : object;
  return call.io.client.create(saved, writeOptions(dryRun));
}

function runPod(call: Call): Turn {
  if (call.progress) return goOn(call, call.progress as AttachedRun);
  const dryRun = dryRunOf(call);
  validate(call, dryRun);
  const name = call.args[0] as string;
  const given = call.flags.text('labels');
  const labels = given ? parseLabelPairs(given) : { run: name };
  const pod = make(call, overridden(call, podOf(call, name, labels)), dryRun);
  const made: [string, string][] = [['pods', pod.metadata.name]];
  if (call.flags.bool('expose')) {
    const service = make(call, serviceOf(call, name, labels), dryRun);
    printResult(call, service, 'created', dryRun);
    if (call.flags.text('output') === 'yaml') call.out('---\n');
    made.push(['services', service.metadata.name]);
  }
  if (isAttached(call)) return goOn(call, attachedRun(call, made));
  printResult(call, pod, 'created', dryRun);
  return undefined;
}

/** Why some flags are not read. */
const ATTACHED =
  'there are no keys to press, and the deletion afterwards is not waited for and does not read it upstream';

/** kubectl run. */
export const run: Command = {
  path: 'run',
  use: 'run NAME --image=image [--env="key=value"] [--port=port] [--command] -- [COMMAND] [args...]',
  flags: [
    ...DRY_RUN,
    ...OUTPUT,
    ...RECORD,
    ...SAVE_CONFIG,
    ...FIELD_MANAGER,
    flag.required(flag.text('image')),
    ...['image-pull-policy', 'port'].map((name) => flag.text(name)),
    ...OVERRIDES,
    flag.harmless(flag.text('detach-keys'), ATTACHED),
    flag.text('labels', 'l'),
    flag.array('annotations'),
    flag.array('env'),
    flag.bool('stdin', 'i'),
    flag.bool('tty', 't'),
    flag.bool('quiet', 'q'),
    ...['leave-stdin-open', 'rm', 'attach', 'command', 'expose', 'privileged'].map((name) => flag.bool(name)),
    ...['force', 'wait', 'now'].map((name) => flag.harmless(flag.bool(name), ATTACHED)),
    { name: 'restart', type: 'string', default: 'Always' },
    flag.duration('pod-running-timeout', '1m'),
    { name: 'cascade', type: 'string', default: 'background', bare: 'background' },
    flag.harmless(flag.duration('timeout'), ATTACHED),
    flag.harmless(flag.int('grace-period', -1), ATTACHED),
  ],
  run: runPod,
};
