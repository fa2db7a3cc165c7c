/**
 * Changes of Pod templates as `kubectl set` makes them: compute the object wanted, send only the difference.
 * Follows kubectl/pkg/polymorphichelpers/updatepodspec.go and cmd/set/helper.go (CalculatePatches).
 */
import type { KubeObject } from '../engine/api/meta';
import { twoWayStrategicPatch } from '../engine/api/patch/three-way';
import { quotePattern } from '../engine/api/posix-pattern';
import { parseRegularExpression } from '../engine/api/regular-expression';
import type { Container, EnvVar, PodSpec } from '../engine/api/types';
import type { Call } from './command';
import { type DryRun, dryRunOf, writeOptions } from './dry-run';
import { asCommandError, KubectlError, throwAll } from './errors';
import { printResult } from './output-format';
import type { Info } from './selection';
import { withTypedZeros } from './typed-zeros';

interface Templated {
  readonly template?: { readonly spec?: PodSpec };
}
interface WithTemplate extends KubeObject {
  readonly spec: Templated & { readonly jobTemplate?: { readonly spec?: Templated } };
}

/** The Pod spec inside an object: its own, or its template's. Throws for kinds that have none. */
export function podSpecOf(object: KubeObject): PodSpec {
  if (object.kind === 'Pod') return object.spec as PodSpec;
  const { spec: outer } = object as WithTemplate;
  const spec = (outer?.jobTemplate?.spec ?? outer)?.template?.spec;
  if (!spec) {
    throw new KubectlError(`the object is not a pod or does not have a pod template: *v1.${object.kind}`);
  }
  return spec;
}

/** The object with another Pod spec. */
export function withPodSpec(object: KubeObject, podSpec: PodSpec): KubeObject {
  if (object.kind === 'Pod') return { ...object, spec: podSpec };
  const { spec } = object as WithTemplate;
  if (spec.jobTemplate) {
    const inner = spec.jobTemplate.spec;
    const jobTemplate = { ...spec.jobTemplate, spec: { ...inner, template: { ...inner?.template, spec: podSpec } } };
    return { ...object, spec: { ...spec, jobTemplate } };
  }
  return { ...object, spec: { ...spec, template: { ...spec.template, spec: podSpec } } };
}

/** Containers whose names match kubectl's pattern, in which `*` stands for anything. */
export function matchingContainers(containers: readonly Container[], pattern: string): Container[] {
  const expression = parseRegularExpression(`^${pattern.split('*').map(quotePattern).join('.*')}$`);
  return 'problem' in expression ? [] : containers.filter((container) => expression.test(container.name));
}

/** Replaces the containers (and init containers) that match. */
export function changeContainers(spec: PodSpec, pattern: string, change: (container: Container) => Container): PodSpec {
  const apply = (containers: readonly Container[]): Container[] => {
    const chosen = new Set(matchingContainers(containers, pattern));
    return containers.map((container) => (chosen.has(container) ? change(container) : container));
  };
  const { initContainers } = spec;
  return {
    ...spec,
    containers: apply(spec.containers),
    ...(initContainers ? { initContainers: apply(initContainers) } : {}),
  };
}

/** Adds and removes environment variables: a new one takes the place of the old one of its name. */
export function changedEnvironment(
  existing: readonly EnvVar[],
  added: readonly EnvVar[],
  removed: readonly string[],
): EnvVar[] {
  const covered = new Set(removed);
  const out: EnvVar[] = [];
  for (const variable of existing) {
    if (covered.has(variable.name)) continue;
    const newer = added.find((each) => each.name === variable.name);
    if (newer) covered.add(variable.name);
    out.push(newer ?? variable);
  }
  for (const variable of added) {
    if (covered.has(variable.name)) continue;
    covered.add(variable.name);
    out.push(variable);
  }
  return out;
}

/** How a change reports. */
export interface Report {
  /** `image updated`. */
  readonly operation: string;
  /** What stands before a refusal: `failed to patch image update to pod template: `. */
  readonly failure: string;
}

/** A change of a template. */
export interface TemplateChange extends Report {
  /** Computes the object wanted; undefined when there is nothing to do. May throw. */
  change(object: KubeObject, errors: Error[]): KubeObject | undefined;
}

/** What a `set` command changes of an object. */
export interface Change {
  readonly info: Info;
  readonly wanted: KubeObject;
  /** How it differs from what is there. */
  readonly body: object;
}

const isSent = (call: Call, dryRun: DryRun): boolean => dryRun !== 'client' && !call.flags.bool('local');

/** Sends a change, unless that is only rehearsed, and prints the object. Throws a refusal in the words of the command. */
export function saveChange(call: Call, change: Change, dryRun: DryRun, report: Report): void {
  if (isSent(call, dryRun)) sendChange(call, change, dryRun, report);
  else printResult(call, withTypedZeros(change.wanted), report.operation, dryRun);
}

function sendChange(call: Call, { info, body }: Change, dryRun: DryRun, { operation, failure }: Report): void {
  try {
    const patch = { type: 'strategic', body } as const;
    const patched = call.io.client.patch(info.mapping.id, info.namespace, info.name, patch, writeOptions(dryRun));
    printResult(call, patched, operation, dryRun);
  } catch (error) {
    throw new KubectlError(`${failure}${asCommandError(error).message}`);
  }
}

/** An object as refusals name it: by its resource, or where nobody is asked for that by its kind. */
function shownName(call: Call, { mapping, name }: Info): string {
  if (!call.flags.bool('local')) return `${mapping.plural}/${name}`;
  const kind = mapping.kind.toLowerCase();
  return mapping.group ? `${kind}.${mapping.group}/${name}\n` : `${kind}/${name}`;
}

/** Patches each object by the difference that the change makes; objects that stay the same are passed over in silence. */
export function patchTemplates(call: Call, infos: readonly Info[], template: TemplateChange): void {
  const dryRun = dryRunOf(call);
  const errors: Error[] = [];
  const wanted = infos.map((info) => ({ info, object: computed(info, template, errors) }));
  for (const { info, object } of wanted) {
    if (object instanceof Error) {
      errors.push(new KubectlError(`error: ${shownName(call, info)} ${object.message}\n`));
      continue;
    }
    const body = object ? twoWayStrategicPatch(info.object as KubeObject, object) : {};
    if (!object || Object.keys(body).length === 0) continue;
    if (!isSent(call, dryRun)) {
      printResult(call, withTypedZeros(object), template.operation, dryRun);
      continue;
    }
    try {
      sendChange(call, { info, wanted: object, body }, dryRun, template);
    } catch (error) {
      errors.push(asCommandError(error));
    }
  }
  throwAll(errors);
}

function computed(info: Info, template: TemplateChange, errors: Error[]): KubeObject | Error | undefined {
  try {
    return template.change(info.object as KubeObject, errors);
  } catch (error) {
    return asCommandError(error);
  }
}
