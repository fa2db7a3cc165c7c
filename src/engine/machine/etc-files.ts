/**
 * The files that the kubelet and the container runtime put into every container: /etc/hosts, /etc/hostname and /etc/resolv.conf. They are made
 * when somebody looks, and belong to the container only once a program has changed them.
 * Follows managedHostsFileContent in pkg/kubelet/kubelet_pods.go and parseDNSOptions of containerd.
 */
import type { Pod } from '../api/types';
import type { Files } from './cri';
import type { ResolverFile } from './network-face';
import { podNames } from './pod-hostname';

const HOSTS = [
  '# Kubernetes-managed hosts file.',
  '127.0.0.1\tlocalhost',
  '::1\tlocalhost ip6-localhost ip6-loopback',
  'fe00::0\tip6-localnet',
  'fe00::0\tip6-mcastprefix',
  'fe00::1\tip6-allnodes',
  'fe00::2\tip6-allrouters',
];
const NODE_HOSTS = ['# Kubernetes-managed hosts file (host network).', '127.0.0.1\tlocalhost', '::1\tlocalhost'];

function hostsText(pod: Pod, ip: string): string {
  const { spec } = pod;
  const { name, fullName } = podNames(pod);
  const own = spec.hostNetwork ? NODE_HOSTS : [...HOSTS, [ip, ...new Set([fullName, name])].join('\t')];
  const aliases = (spec.hostAliases ?? []).map(({ ip: alias, hostnames = [] }) => `${alias}\t${hostnames.join('\t')}`);
  const added = aliases.length > 0 ? ['', '# Entries added by HostAliases.', ...aliases] : [];
  return `${[...own, ...added].join('\n')}\n`;
}

function resolverText({ servers, searches, options }: ResolverFile): string {
  const lines = [
    ...(searches.length > 0 ? [`search ${searches.join(' ')}`] : []),
    ...servers.map((server) => `nameserver ${server}`),
    ...(options.length > 0 ? [`options ${options.join(' ')}`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** See the header. */
export function etcFiles(pod: Pod, ip: string, hostname: string, resolver: ResolverFile): Files {
  return {
    '/etc/hosts': hostsText(pod, ip),
    '/etc/hostname': `${hostname}\n`,
    '/etc/resolv.conf': resolverText(resolver),
  };
}

/** The files that a program has left, without those that it found here and has not changed. */
export function withoutEtcFiles(files: Files, etc: Files): Files {
  return Object.fromEntries(Object.entries(files).filter(([path, content]) => etc[path] !== content));
}
