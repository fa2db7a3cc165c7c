/**
 * What is wrong with the certificates of a Gateway's listener. Pure.
 * Follows the Gateway API's reference (ListenerTLSConfig.certificateRefs), NGINX Gateway Fabric (NewListenerAllInvalidCertificateRefs) and Traefik (loadGatewayListeners):
 * a listener without a certificate that can be had is not programmed. Simplified: whether what a Secret holds is a certificate nobody looks.
 */
import type { KubeObject } from '../../api/meta';
import type { Secret } from '../../api/types';
import type { IsGranted, Listener } from './from-gateway';

/** Why, in the word of a condition and in one for people. */
export interface CertificateProblem {
  readonly reason: 'InvalidCertificateRef' | 'RefNotPermitted';
  readonly because: string;
}

/** What is wrong with a listener; undefined: nothing. */
export type CertificateProblems = (gateway: KubeObject, listener: Listener) => CertificateProblem | undefined;

/** See the header. */
export function certificateProblemOf(
  { metadata }: KubeObject,
  { name = '', protocol, tls }: Listener,
  find: (namespace: string, name: string) => Secret | undefined,
  isGranted: IsGranted,
): CertificateProblem | undefined {
  if (protocol !== 'HTTPS') return undefined;
  const { namespace: own = '' } = metadata;
  const said = (why: string): string =>
    `listener ${name} of Gateway ${own}/${metadata.name} has no certificate: ${why}`;
  const problems = (tls?.certificateRefs ?? []).map(
    ({ namespace = own, name: secret }): CertificateProblem | undefined => {
      const key = `Secret ${namespace}/${secret}`;
      if (namespace !== own && !isGranted(own, namespace, secret))
        return {
          reason: 'RefNotPermitted',
          because: said(`no ReferenceGrant in ${namespace} lets it refer to ${key}`),
        };
      const found = find(namespace, secret);
      if (found?.data?.['tls.crt'] !== undefined) return undefined;
      return { reason: 'InvalidCertificateRef', because: said(`${key} ${found ? 'holds none' : 'does not exist'}`) };
    },
  );
  if (problems.some((one) => one === undefined)) return undefined;
  return problems[0] ?? { reason: 'InvalidCertificateRef', because: said('it names none') };
}
