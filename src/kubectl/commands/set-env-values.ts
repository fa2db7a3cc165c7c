/** What the references of environment variables hold (`set env --list --resolve`). Follows kubectl/pkg/cmd/set/env/env_resolve.go. */
import { decodeBase64ToBytes } from '../../engine/api/base64';
import type { KubeObject } from '../../engine/api/meta';
import { quantityMilli, quantityValue } from '../../engine/api/quantity';
import type { ConfigMap, Container, EnvVarSource, Secret } from '../../engine/api/types';
import type { Call } from '../command';
import { KubectlError } from '../errors';
import { namespaceOf } from '../selection';

const RESOURCE = /^(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-.*)$/;

function resourceValue({ resources }: Container, resource: string, divisor = '0'): string {
  const [, list, name = ''] = RESOURCE.exec(resource) ?? [];
  if (!list) throw new KubectlError(`Unsupported container resource : ${resource}`);
  const amount = resources?.[list as 'limits' | 'requests']?.[name] ?? '0';
  const unit = divisor === '0' ? '1' : divisor;
  const inUnits =
    name === 'cpu' ? quantityMilli(amount) / quantityMilli(unit) : quantityValue(amount) / quantityValue(unit);
  return String(Math.ceil(inUnits));
}

/** Of the object that has the template, not of its Pods. */
function fieldValue({ metadata }: KubeObject, path: string): string {
  const [, of, key] = /^(.+?)\['(.*)'\]$/s.exec(path) ?? [];
  if (of === 'metadata.annotations' || of === 'metadata.labels') {
    return (of === 'metadata.labels' ? metadata.labels : metadata.annotations)?.[key as string] ?? '';
  }
  if (of !== undefined) throw new KubectlError(`fieldPath ${JSON.stringify(path)} does not support subscript`);
  const listed = (map: Readonly<Record<string, string>> = {}): string =>
    Object.keys(map)
      .sort()
      .map((name) => `${name}=${JSON.stringify(map[name])}`)
      .join('\n');
  if (path === 'metadata.annotations') return listed(metadata.annotations);
  if (path === 'metadata.labels') return listed(metadata.labels);
  if (path === 'metadata.name') return metadata.name;
  if (path === 'metadata.namespace') return metadata.namespace ?? '';
  if (path === 'metadata.uid') return metadata.uid ?? '';
  throw new KubectlError(`unsupported fieldPath: ${path}`);
}

/** The value that a reference leads to. Throws when it leads nowhere. */
export function referredValue(call: Call, object: KubeObject, container: Container, source: EnvVarSource): string {
  const { secretKeyRef, configMapKeyRef, fieldRef, resourceFieldRef } = source;
  const { client } = call.io;
  if (secretKeyRef) {
    const { name = '', key } = secretKeyRef;
    const value = client.get<Secret>('Secret', namespaceOf(call), name).data?.[key];
    if (value === undefined) throw new KubectlError(`key ${key} not found in secret ${name}`);
    return decodeBase64ToBytes(value);
  }
  if (configMapKeyRef) {
    const { name = '', key } = configMapKeyRef;
    const value = client.get<ConfigMap>('ConfigMap', namespaceOf(call), name).data?.[key];
    if (value === undefined) throw new KubectlError(`key ${key} not found in config map ${name}`);
    return value;
  }
  if (fieldRef) return fieldValue(object, fieldRef.fieldPath);
  if (resourceFieldRef) return resourceValue(container, resourceFieldRef.resource, resourceFieldRef.divisor);
  throw new KubectlError('invalid valueFrom');
}
