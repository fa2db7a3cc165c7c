/** kubectl set resources. Follows staging/src/k8s.io/kubectl/pkg/cmd/set/set_resources.go. */
import type { KubeObject } from '../../engine/api/meta';
import { canonicalQuantity, isQuantity } from '../../engine/api/quantity';
import type { Call, Command, Turn } from '../command';
import { KubectlError } from '../errors';
import { flag } from '../flag-sets';
import { changeContainers, matchingContainers, patchTemplates, podSpecOf, withPodSpec } from '../pod-template';
import { recorded } from '../record';
import { SET_FLAGS, setTargets } from './set-image';

type Quantities = Readonly<Record<string, string>>;

function parseQuantities(text: string): Quantities {
  if (text === '') return {};
  const entries = text.split(',').map((part) => {
    const [name = '', quantity, ...more] = part.split('=');
    if (quantity === undefined || more.length > 0) {
      throw new KubectlError(`Invalid argument syntax ${part}, expected <resource>=<value>`);
    }
    if (!isQuantity(quantity)) {
      const form = '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$';
      throw new KubectlError(`quantities must match the regular expression '${form}'`);
    }
    return [name, canonicalQuantity(quantity)] as const;
  });
  return Object.fromEntries(entries);
}

function withResources(object: KubeObject, pattern: string, limits: Quantities, requests: Quantities): KubeObject {
  const spec = podSpecOf(object);
  const changed = changeContainers(spec, pattern, (container) => {
    const { resources } = container;
    const merge = (old: Quantities | undefined, added: Quantities): Quantities | undefined =>
      Object.keys(added).length > 0 ? { ...old, ...added } : old;
    const next = { limits: merge(resources?.limits, limits), requests: merge(resources?.requests, requests) };
    return {
      ...container,
      resources: {
        ...resources,
        ...(next.limits ? { limits: next.limits } : {}),
        ...(next.requests ? { requests: next.requests } : {}),
      },
    };
  });
  return withPodSpec(object, changed);
}

function run(call: Call): Turn {
  const { flags } = call;
  const infos = setTargets(call, call.args);
  if (flags.bool('all') && flags.text('selector')) {
    throw new KubectlError('cannot set --all and --selector at the same time');
  }
  if (!flags.text('limits') && !flags.text('requests')) {
    throw new KubectlError('you must specify an update to requests or limits (in the form of --requests/--limits)');
  }
  const limits = parseQuantities(flags.text('limits'));
  const requests = parseQuantities(flags.text('requests'));
  const pattern = flags.text('containers');
  patchTemplates(call, infos, {
    operation: 'resource requirements updated',
    failure: 'failed to patch resources update to pod template ',
    change: (object, errors) => {
      const spec = podSpecOf(object);
      const all = [...spec.containers, ...(spec.initContainers ?? [])];
      if (matchingContainers(all, pattern).length === 0) {
        errors.push(new KubectlError(`error: unable to find container named ${pattern}`));
        return undefined;
      }
      return recorded(call, withResources(object, pattern, limits, requests));
    },
  });
  return undefined;
}

/** kubectl set resources. */
export const setResources: Command = {
  path: 'set resources',
  use: 'set resources (-f FILENAME | TYPE NAME)  ([--limits=LIMITS & --requests=REQUESTS]',
  flags: [
    ...SET_FLAGS,
    { name: 'containers', short: 'c', type: 'string', default: '*' },
    flag.text('limits'),
    flag.text('requests'),
  ],
  run,
};
