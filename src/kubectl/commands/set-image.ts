/** kubectl set image. Follows staging/src/k8s.io/kubectl/pkg/cmd/set/set_image.go. */
import type { KubeObject } from '../../engine/api/meta';
import type { Container } from '../../engine/api/types';
import type { Call, Command, Turn } from '../command';
import { dryRunOf } from '../dry-run';
import { KubectlError, throwAll } from '../errors';
import { DRY_RUN, FIELD_MANAGER, FILENAME, flag, OUTPUT, RECORD, SELECTOR } from '../flag-sets';
import { parsePairs, splitPairs } from '../pairs';
import { patchTemplates, podSpecOf, withPodSpec } from '../pod-template';
import { recorded } from '../record';
import { type Info, select, settle, standardQuery } from '../selection';

/** What `set` commands are asked to do it to; `-f` with --local reads only, and what is named besides is refused or not looked at. */
export function setTargets(call: Call, named: readonly string[], besides: 'refused' | 'ignored' = 'refused'): Info[] {
  const local = call.flags.bool('local');
  const resources = local && besides === 'ignored' ? [] : named;
  if (local && resources.length > 0) {
    throw new KubectlError(
      "error: you must specify resources by --filename when --local is set.\nExample resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'",
    );
  }
  const query = { ...standardQuery(call, resources, call.flags.bool('all')), latest: !local, local };
  const { infos, errors } = settle(select(call, query));
  throwAll(errors);
  return infos;
}

function validate(call: Call, resources: readonly string[], images: ReadonlyMap<string, string>): void {
  const errors: Error[] = [];
  const { flags } = call;
  if (flags.bool('all') && flags.text('selector')) {
    errors.push(new KubectlError('cannot set --all and --selector at the same time'));
  }
  if (resources.length === 0 && flags.list('filename').length === 0) {
    errors.push(new KubectlError('one or more resources must be specified as <resource> <name> or <resource>/<name>'));
  }
  if (images.size === 0) errors.push(new KubectlError('at least one image update is required'));
  if (images.size > 1 && images.has('*')) {
    errors.push(
      new KubectlError(
        'all containers are already specified by *, but saw more than one container_name=container_image pairs',
      ),
    );
  }
  if (flags.bool('local') && dryRunOf(call) === 'server') {
    errors.push(new KubectlError('cannot specify --local and --dry-run=server - did you mean --dry-run=client?'));
  }
  throwAll(errors);
}

function withImages(object: KubeObject, images: ReadonlyMap<string, string>, errors: Error[]): KubeObject {
  const spec = podSpecOf(object);
  const found = new Set<string>();
  const apply = (containers: readonly Container[]): Container[] =>
    containers.map((container) => {
      const key = images.has('*') ? '*' : container.name;
      const image = images.get(key);
      if (image === undefined) return container;
      found.add(key);
      return { ...container, image };
    });
  const containers = apply(spec.containers);
  const initContainers = spec.initContainers && apply(spec.initContainers);
  for (const name of images.keys()) {
    if (!found.has(name)) {
      errors.push(new KubectlError(`error: unable to find container named ${JSON.stringify(name)}`));
    }
  }
  return withPodSpec(object, { ...spec, containers, ...(initContainers ? { initContainers } : {}) });
}

function run(call: Call): Turn {
  const { resources, pairs } = splitPairs(call.args, 'image');
  const images = parsePairs(pairs, 'image', false).set;
  const infos = setTargets(call, resources);
  validate(call, resources, images);
  patchTemplates(call, infos, {
    operation: 'image updated',
    failure: 'failed to patch image update to pod template: ',
    change: (object, errors) => recorded(call, withImages(object, images, errors)),
  });
  return undefined;
}

/** Flags of every `kubectl set` command. */
export const SET_FLAGS = [
  ...FILENAME,
  ...SELECTOR,
  ...DRY_RUN,
  ...OUTPUT,
  ...RECORD,
  ...FIELD_MANAGER,
  flag.bool('all'),
  flag.bool('local'),
];

/** kubectl set image. */
export const setImage: Command = {
  path: 'set image',
  use: 'set image (-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ... CONTAINER_NAME_N=CONTAINER_IMAGE_N',
  flags: SET_FLAGS,
  run,
};
