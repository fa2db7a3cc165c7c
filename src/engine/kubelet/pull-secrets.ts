/**
 * The credentials that a Pod's imagePullSecrets give for registries.
 * Follows getPullSecretsForPod in pkg/kubelet/kubelet_pods.go and pkg/credentialprovider/secrets/secrets.go. Names and passwords are not looked
 * at, only for which registry they are.
 */
import { decodeBase64ToBytes } from '../api/base64';
import type { Pod, Secret } from '../api/types';
import { type Kubelet, podEvent } from './api-writes';
import type { PodRecord } from './records';

const CONFIG_KEYS = ['.dockerconfigjson', '.dockercfg'] as const;
const DOCKER_HUB = 'docker.io';

/** The host of an entry such as `https://index.docker.io/v1/`. */
function hostOf(entry: string): string {
  const host = entry.replace(/^https?:\/\//, '').split('/')[0] as string;
  return host === 'index.docker.io' ? DOCKER_HUB : host;
}

function registriesIn({ data = {} }: Secret): string[] {
  return CONFIG_KEYS.flatMap((key) => {
    const config = data[key] === undefined ? undefined : readObject(decodeBase64ToBytes(data[key]));
    const auths = key === '.dockercfg' ? config : config?.auths;
    return typeof auths === 'object' && auths !== null ? Object.keys(auths).map(hostOf) : [];
  });
}

function readObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** The names of a Pod's pull secrets, each with the one that is there. */
function pullSecrets({ context }: Kubelet, { metadata, spec }: Pod): readonly [string, Secret | undefined][] {
  return (spec.imagePullSecrets ?? []).flatMap(({ name }): [string, Secret | undefined][] =>
    name ? [[name, context.lister.get<Secret>('Secret', metadata.namespace, name)]] : [],
  );
}

/** The registries that a Pod has credentials for. */
export function pullRegistries(kubelet: Kubelet, pod: Pod): readonly string[] {
  return pullSecrets(kubelet, pod).flatMap(([, secret]) => (secret ? registriesIn(secret) : []));
}

/** Says which of a Pod's pull secrets are not there. */
export function reportPullSecrets(kubelet: Kubelet, record: PodRecord): void {
  const missing = pullSecrets(kubelet, record.pod).flatMap(([name, secret]) => (secret ? [] : [name]));
  if (missing.length === 0) return;
  const message = `Unable to retrieve some image pull secrets (${missing.join(', ')}); attempting to pull the image may not succeed.`;
  podEvent(kubelet, record, undefined, 'Warning', 'FailedToRetrieveImagePullSecret', message);
}
