/** What a Pod is called by itself. Follows GeneratePodHostNameAndDomain and GeneratePodHostNameForSetHostnameAsFQDN in pkg/kubelet/kubelet_pods.go. */
import type { Pod } from '../api/types';

/** As much of a name as a kernel takes. */
const LONGEST = 63;

const truncated = (name: string): string => name.slice(0, LONGEST).replace(/[-.]+$/, '');

/** The name of a Pod outside of its node's network, and that with its domain where it has one. */
export function podNames({ spec, metadata }: Pod): { readonly name: string; readonly fullName: string } {
  const { hostname, hostnameOverride, subdomain } = spec;
  const name = truncated(hostnameOverride ?? hostname ?? metadata.name);
  if (!subdomain || hostnameOverride !== undefined) return { name, fullName: name };
  return { name, fullName: `${name}.${subdomain}.${metadata.namespace}.svc.cluster.local` };
}

/** The name that its programs see. */
export function podHostname(pod: Pod): string {
  const { name, fullName } = podNames(pod);
  return pod.spec.setHostnameAsFQDN ? fullName : name;
}
