/**
 * kubectl autoscale. Follows staging/src/k8s.io/kubectl/pkg/cmd/autoscale/autoscale.go; like it, it tries autoscaling/v1 when the server
 * refuses autoscaling/v2 and a share of the CPU is all that is wanted.
 */
import type { KubeObject } from '../../engine/api/meta';
import { isQuantity } from '../../engine/api/quantity';
import { apiVersionOf } from '../../engine/api/scheme';
import type { Call, Command, Turn } from '../command';
import { dryRunOf, writeOptions } from '../dry-run';
import { asCommandError, KubectlError } from '../errors';
import { DRY_RUN, FIELD_MANAGER, FILENAME, flag, OUTPUT, RECORD, SAVE_CONFIG } from '../flag-sets';
import { withLastApplied } from '../last-applied';
import { printResult } from '../output-format';
import { recorded } from '../record';
import { type Info, namespaceOf, select, visit } from '../selection';

/** What `70%`, `500m` or `500` aims at. Throws KubectlError. */
function targetOf(resource: 'cpu' | 'memory', text: string): Record<string, unknown> {
  const input = text.trim();
  if (input === '') throw new KubectlError('empty input');
  if (input.endsWith('%')) {
    const percent = input.slice(0, -1);
    const isCount = /^\+?\d+$/.test(percent) && Number(percent) < 2 ** 31;
    if (!isCount) throw new KubectlError(`invalid percentage value: ${percent}`);
    return { type: 'Utilization', averageUtilization: Number(percent) };
  }
  const unit = resource === 'cpu' ? 'm' : 'Mi';
  const averageValue = /^[-+]?\d+(?:\.\d+)?$/.test(input) ? `${Number(input)}${unit}` : input;
  if (!isQuantity(averageValue)) throw new KubectlError(`invalid resource ${resource} value: ${input}`);
  return { type: 'AverageValue', averageValue };
}

function validate({ flags }: Call): void {
  const min = flags.int('min');
  const max = flags.int('max');
  if (max < 1) throw new KubectlError(`--max=MAXPODS is required and must be at least 1, max: ${max}`);
  if (max < min) {
    throw new KubectlError(`--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${max}, min: ${min}`);
  }
  if (flags.int('cpu-percent') > 0 && flags.text('cpu'))
    throw new KubectlError('--cpu-percent and --cpu are mutually exclusive');
  for (const resource of ['cpu', 'memory'] as const) if (flags.text(resource)) targetOf(resource, flags.text(resource));
}

function metricsOf({ flags }: Call): unknown[] {
  const metrics: unknown[] = [];
  const add = (name: string, target: object) => metrics.push({ type: 'Resource', resource: { name, target } });
  const percent = flags.int('cpu-percent');
  if (percent > 0) add('cpu', { type: 'Utilization', averageUtilization: percent });
  for (const resource of ['cpu', 'memory'] as const)
    if (flags.text(resource)) add(resource, targetOf(resource, flags.text(resource)));
  return metrics;
}

function autoscalerOf(call: Call, { mapping, name }: Info, version: 'v1' | 'v2'): KubeObject {
  const { flags } = call;
  const metrics = metricsOf(call);
  const percent = flags.int('cpu-percent');
  const namespace = flags.text('namespace');
  return {
    apiVersion: `autoscaling/${version}`,
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: flags.text('name') || name, ...(namespace ? { namespace } : {}) },
    spec: {
      maxReplicas: flags.int('max'),
      ...(version === 'v2' && metrics.length > 0 ? { metrics } : {}),
      ...(flags.int('min') > 0 ? { minReplicas: flags.int('min') } : {}),
      scaleTargetRef: { apiVersion: apiVersionOf(mapping), kind: mapping.kind, name },
      ...(version === 'v1' && percent >= 0 ? { targetCPUUtilizationPercentage: percent } : {}),
    },
    status:
      version === 'v2' ? { currentMetrics: null, desiredReplicas: 0 } : { currentReplicas: 0, desiredReplicas: 0 },
  };
}

function create(call: Call, generated: KubeObject): void {
  const dryRun = dryRunOf(call);
  const object = recorded(call, generated);
  if (dryRun === 'client') {
    printResult(call, object, 'created', dryRun);
    return;
  }
  const saved = call.flags.bool('save-config') ? withLastApplied(object) : object;
  const placed = { ...saved, metadata: { ...saved.metadata, namespace: namespaceOf(call) } };
  printResult(call, call.io.client.create(placed, writeOptions(dryRun)), 'autoscaled', dryRun);
}

/** Throws unless the older version can say what is wanted. */
function requireV1({ flags }: Call): void {
  const failure = 'failed to create autoscaling/v2 HPA and the configuration is incompatible with autoscaling/v1: ';
  if (!flags.text('cpu').trim()) throw new KubectlError(`${failure}empty input`);
  const isShare = flags.int('cpu-percent') >= 0 || 'averageUtilization' in targetOf('cpu', flags.text('cpu'));
  // Upstream wraps an error that is not there.
  if (flags.text('memory') || !isShare) throw new KubectlError(`${failure}%!w(<nil>)`);
}

function autoscaleOne(call: Call, info: Info): void {
  const { kind, scale, subresources } = info.mapping;
  if (!scale || !subresources.includes('scale'))
    throw new KubectlError(
      `cannot autoscale a ${kind}: could not find scale subresource for ${resourceText(info)} in discovery information`,
    );
  try {
    create(call, autoscalerOf(call, info, 'v2'));
  } catch (error) {
    asCommandError(error);
    requireV1(call);
    create(call, autoscalerOf(call, info, 'v1'));
  }
}

/** As Go prints a GroupVersionResource. */
function resourceText({ mapping }: Info): string {
  return `${mapping.group}/${mapping.version}, Resource=${mapping.plural}`;
}

function run(call: Call): Turn {
  validate(call);
  const selection = select(call, { args: call.args, files: true, latest: true, continueOnError: true });
  visit(selection, (info) => autoscaleOne(call, info));
  if (selection.entries.length === 0) throw new KubectlError('no objects passed to autoscale');
  return undefined;
}

/** kubectl autoscale. */
export const autoscale: Command = {
  path: 'autoscale',
  use: 'autoscale (-f FILENAME | TYPE NAME | TYPE/NAME) [--min=MINPODS] --max=MAXPODS [--cpu=CPU] [--memory=MEMORY]',
  flags: [
    ...FILENAME,
    ...DRY_RUN,
    ...OUTPUT,
    ...RECORD,
    ...SAVE_CONFIG,
    ...FIELD_MANAGER,
    flag.int32('min', -1),
    flag.required(flag.int32('max', -1)),
    {
      ...flag.int32('cpu-percent', -1),
      deprecated:
        "Use --cpu with percentage or resource quantity format (e.g., '70%' for utilization or '500m' for milliCPU).",
    },
    flag.text('cpu'),
    flag.text('memory'),
    flag.text('name'),
  ],
  run,
};
