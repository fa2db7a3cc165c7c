/**
 * The environment of a container, the Pod's name and namespace filled in. Follows describeContainerEnvVars and describeContainerEnvFrom in
 * staging/src/k8s.io/kubectl/pkg/describe/describe.go, with its util/fieldpath and util/resource.
 */
import { quantityMilli, quantityValue } from '../../engine/api/quantity';
import type { Container, EnvFromSource, EnvVar, Pod, ResourceFieldSelector } from '../../engine/api/types';

/** The field of a Pod as a variable would have it, as far as kubectl works it out. */
function fieldValue({ metadata }: Pod, path: string): string {
  if (path === 'metadata.name') return metadata.name;
  return path === 'metadata.namespace' ? (metadata.namespace ?? '') : '';
}

function resourceValue({ resource, divisor = '0' }: ResourceFieldSelector, container: Container): string {
  const match = /^(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-.*)$/.exec(resource);
  if (!match) return '';
  const [, which, name] = match as unknown as [string, 'limits' | 'requests', string];
  const quantity = container.resources?.[which]?.[name] ?? '0';
  const amountOf = name === 'cpu' ? quantityMilli : quantityValue;
  const unit = quantityMilli(divisor) === 0 ? '1' : divisor;
  const value = String(Math.ceil(amountOf(quantity) / amountOf(unit)));
  return value === '0' && (resource === 'limits.cpu' || resource === 'limits.memory') ? 'node allocatable' : value;
}

function variableText(variable: EnvVar, container: Container, pod: Pod | undefined): string {
  const { name, value = '', valueFrom } = variable;
  const start = `      ${name}:\t`;
  if (!valueFrom) return `${start}${value.split('\n').join('\n      \t')}\n`;
  const { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef } = valueFrom;
  if (fieldRef) {
    const resolved = pod ? fieldValue(pod, fieldRef.fieldPath) : '';
    return `${start}${resolved} (${fieldRef.apiVersion ?? 'v1'}:${fieldRef.fieldPath})\n`;
  }
  if (resourceFieldRef) return `${start}${resourceValue(resourceFieldRef, container)} (${resourceFieldRef.resource})\n`;
  if (secretKeyRef) {
    const { key, name: secret = '', optional = false } = secretKeyRef;
    return `${start}<set to the key '${key}' in secret '${secret}'>\tOptional: ${optional}\n`;
  }
  if (!configMapKeyRef) return '';
  const { key, name: map = '', optional = false } = configMapKeyRef;
  return `${start}<set to the key '${key}' of config map '${map}'>\tOptional: ${optional}\n`;
}

function sourceText({ prefix, configMapRef, secretRef }: EnvFromSource): string {
  const { name = '', optional = false } = configMapRef ?? secretRef ?? {};
  const from = configMapRef ? 'ConfigMap' : secretRef ? 'Secret' : '';
  return `      ${name}\t${from}${prefix ? ` with prefix '${prefix}'` : ''}\tOptional: ${optional}\n`;
}

/** `Environment Variables from:` (if any) and `Environment:`. Without a Pod fields of it are not resolved. */
export function environmentLines(container: Container, pod: Pod | undefined): string {
  const { env = [], envFrom = [] } = container;
  const sources = envFrom.length > 0 ? `    Environment Variables from:\n${envFrom.map(sourceText).join('')}` : '';
  if (env.length === 0) return `${sources}    Environment:\t<none>\n`;
  return `${sources}    Environment:\n${env.map((variable) => variableText(variable, container, pod)).join('')}`;
}
