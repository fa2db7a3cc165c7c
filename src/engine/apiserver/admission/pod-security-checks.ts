/**
 * The checks of the Pod security standards, baseline and restricted, in the order in which violations are told.
 * Follows staging/src/k8s.io/pod-security-admission/policy (one file per check there).
 */
import { allContainers } from '../../api/pod';
import { SAFE_SYSCTLS } from '../../api/sysctls';
import type { Container, PodSpec, SecurityContext, Volume } from '../../api/types';
import {
  type CheckedPod,
  containers,
  isWindows,
  namesWhere,
  plural,
  quoted,
  type SecurityCheck,
  setters,
  sorted,
  type Violation,
} from './pod-security-check';

const DEFAULT_CAPABILITIES: ReadonlySet<string> = new Set(
  'AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT'.split(
    ' ',
  ),
);
const SELINUX_TYPES: readonly string[] = [
  '',
  'container_t',
  'container_init_t',
  'container_kvm_t',
  'container_engine_t',
];
const SECCOMP_PROFILES: readonly string[] = ['RuntimeDefault', 'Localhost'];
const UNRESTRICTED_VOLUMES: ReadonlySet<string> = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

const APP_ARMOR_ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';

const appArmorProfile: SecurityCheck = (spec, { annotations }) => {
  const isBad = (type: string | undefined) => type !== undefined && !SECCOMP_PROFILES.includes(type);
  const podType = spec.securityContext?.appArmorProfile?.type;
  const names = namesWhere(spec, (context) => isBad(context.appArmorProfile?.type));
  const types = allContainers(spec).map(({ securityContext }) => securityContext?.appArmorProfile?.type);
  const noted = Object.entries(annotations)
    .filter(
      ([key, value]) => key.startsWith(APP_ARMOR_ANNOTATION) && !/^(|runtime\/default|localhost\/.*)$/s.test(value),
    )
    .map(([key, value]) => `${key}="${value}"`)
    .sort();
  const bad = [...sorted([podType, ...types].filter(isBad) as string[]), ...noted];
  if (bad.length === 0) return undefined;
  const who = [
    setters(isBad(podType), names),
    noted.length > 0 ? plural('annotation', 'annotations', noted.length) : '',
  ].filter(Boolean);
  return {
    reason: plural('forbidden AppArmor profile', 'forbidden AppArmor profiles', bad.length),
    detail: `${who.join(' and ')} must not set AppArmor profile type to ${quoted(bad)}`,
  };
};

const capabilitiesBaseline: SecurityCheck = (spec) => {
  const isBad = (capability: string) => !DEFAULT_CAPABILITIES.has(capability);
  return addedCapabilities(spec, isBad, 'non-default capabilities', []);
};

function addedCapabilities(
  spec: PodSpec,
  isBad: (capability: string) => boolean,
  reason: string,
  details: readonly string[],
): Violation | undefined {
  const names = namesWhere(spec, (context) => context.capabilities?.add?.some(isBad) === true);
  const added = allContainers(spec).flatMap(({ securityContext }) => securityContext?.capabilities?.add ?? []);
  const bad = quoted(sorted(added.filter(isBad)));
  const all =
    names.length > 0 ? [`${containers(names)} must not include ${bad} in securityContext.capabilities.add`] : [];
  const told = [...details, ...all];
  return told.length > 0 ? { reason, detail: told.join('; ') } : undefined;
}

const hostNamespaces: SecurityCheck = (spec) => {
  const used = (['hostNetwork', 'hostPID', 'hostIPC'] as const).filter((field) => spec[field]);
  if (used.length === 0) return undefined;
  return { reason: 'host namespaces', detail: used.map((field) => `${field}=true`).join(', ') };
};

const hostPathVolumes: SecurityCheck = (spec) => {
  const names = (spec.volumes ?? []).filter((volume) => volume.hostPath).map(({ name }) => name);
  if (names.length === 0) return undefined;
  return { reason: 'hostPath volumes', detail: `${plural('volume', 'volumes', names.length)} ${quoted(names)}` };
};

const hostPorts: SecurityCheck = (spec) => {
  const portsOf = (container: Container) => (container.ports ?? []).flatMap(({ hostPort }) => hostPort || []);
  const names = namesWhere(spec, (_context, container) => portsOf(container).length > 0);
  if (names.length === 0) return undefined;
  const ports = sorted(allContainers(spec).flatMap(portsOf).map(String));
  const verb = plural('uses', 'use', names.length);
  const noun = plural('hostPort', 'hostPorts', ports.length);
  return { reason: 'hostPort', detail: `${containers(names)} ${verb} ${noun} ${ports.join(', ')}` };
};

/** Since 1.34: hosts of probes and lifecycle handlers. */
const hostProbes: SecurityCheck = (spec, { minor }) => {
  if (minor < 34) return undefined;
  const hostsOf = ({ livenessProbe, readinessProbe, startupProbe, lifecycle }: Container) =>
    [livenessProbe, readinessProbe, startupProbe, lifecycle?.postStart, lifecycle?.preStop].flatMap((handler) =>
      [handler?.httpGet?.host, handler?.tcpSocket?.host].flatMap((host) => host || []),
    );
  const names = sorted(namesWhere(spec, (_context, container) => hostsOf(container).length > 0));
  if (names.length === 0) return undefined;
  const hosts = sorted(allContainers(spec).flatMap(hostsOf));
  const reason = 'probe or lifecycle host';
  const verb = plural('uses', 'use', names.length);
  return {
    reason,
    detail: `${containers(names)} ${verb} ${plural(reason, `${reason}s`, hosts.length)} ${quoted(hosts)}`,
  };
};

/** Since 1.35: what a Pod in a user namespace of its own need not keep to. */
const isRelaxed = (spec: PodSpec, { minor }: CheckedPod) => minor >= 35 && spec.hostUsers === false;

const privileged: SecurityCheck = (spec) => {
  const names = namesWhere(spec, (context) => context.privileged === true);
  if (names.length === 0) return undefined;
  return { reason: 'privileged', detail: `${containers(names)} must not set securityContext.privileged=true` };
};

const procMountBaseline: SecurityCheck = (spec, pod) => (isRelaxed(spec, pod) ? undefined : procMount(spec, pod));

const procMount: SecurityCheck = (spec) => {
  const isBad = ({ procMount: value }: SecurityContext) => value !== undefined && value !== 'Default';
  const names = namesWhere(spec, isBad);
  if (names.length === 0) return undefined;
  const values = sorted(allContainers(spec).flatMap(({ securityContext }) => securityContext?.procMount ?? []));
  const bad = quoted(values.filter((value) => value !== 'Default'));
  return { reason: 'procMount', detail: `${containers(names)} must not set securityContext.procMount to ${bad}` };
};

const seLinuxOptions: SecurityCheck = (spec) => {
  type Options = SecurityContext['seLinuxOptions'];
  const hasBadType = (options: Options) => !SELINUX_TYPES.includes(options?.type ?? '');
  const isBad = (options: Options) => hasBadType(options) || !!options?.user || !!options?.role;
  const podOptions = spec.securityContext?.seLinuxOptions;
  const names = namesWhere(spec, (context) => isBad(context.seLinuxOptions));
  if (!isBad(podOptions) && names.length === 0) return undefined;
  const all = [podOptions, ...allContainers(spec).map(({ securityContext }) => securityContext?.seLinuxOptions)];
  const types = sorted(all.filter(hasBadType).flatMap((options) => options?.type ?? []));
  const what = [
    ...(types.length > 0 ? [`${plural('type', 'types', types.length)} ${quoted(types)}`] : []),
    ...(all.some((options) => options?.user) ? ['user may not be set'] : []),
    ...(all.some((options) => options?.role) ? ['role may not be set'] : []),
  ].join('; ');
  const who = setters(isBad(podOptions), names);
  return { reason: 'seLinuxOptions', detail: `${who} set forbidden securityContext.seLinuxOptions: ${what}` };
};

const isBadSeccomp = (type: string | undefined) => type !== undefined && !SECCOMP_PROFILES.includes(type);

const seccompBaseline: SecurityCheck = (spec) => {
  const podType = spec.securityContext?.seccompProfile?.type;
  const names = namesWhere(spec, (context) => isBadSeccomp(context.seccompProfile?.type));
  if (!isBadSeccomp(podType) && names.length === 0) return undefined;
  const types = allContainers(spec).map(({ securityContext }) => securityContext?.seccompProfile?.type);
  const bad = quoted(sorted([podType, ...types].filter(isBadSeccomp) as string[]));
  const who = setters(isBadSeccomp(podType), names);
  return { reason: 'seccompProfile', detail: `${who} must not set securityContext.seccompProfile.type to ${bad}` };
};

const sysctls: SecurityCheck = (spec) => {
  const names = (spec.securityContext?.sysctls ?? []).map(({ name }) => name).filter((name) => !SAFE_SYSCTLS.has(name));
  return names.length > 0 ? { reason: 'forbidden sysctls', detail: names.join(', ') } : undefined;
};

const windowsHostProcess: SecurityCheck = (spec) => {
  const podDoes = spec.securityContext?.windowsOptions?.hostProcess === true;
  const names = namesWhere(spec, (context) => context.windowsOptions?.hostProcess === true);
  if (!podDoes && names.length === 0) return undefined;
  const detail = `${setters(podDoes, names)} must not set securityContext.windowsOptions.hostProcess=true`;
  return { reason: 'hostProcess', detail };
};

const allowPrivilegeEscalation: SecurityCheck = (spec) => {
  const names = isWindows(spec) ? [] : namesWhere(spec, (context) => context.allowPrivilegeEscalation !== false);
  if (names.length === 0) return undefined;
  const detail = `${containers(names)} must set securityContext.allowPrivilegeEscalation=false`;
  return { reason: 'allowPrivilegeEscalation != false', detail };
};

const capabilitiesRestricted: SecurityCheck = (spec) => {
  if (isWindows(spec)) return undefined;
  const keeping = namesWhere(spec, (context) => !context.capabilities?.drop?.includes('ALL'));
  const details =
    keeping.length > 0 ? [`${containers(keeping)} must set securityContext.capabilities.drop=["ALL"]`] : [];
  return addedCapabilities(spec, (name) => name !== 'NET_BIND_SERVICE', 'unrestricted capabilities', details);
};

const volumeType = (volume: Volume) => Object.keys(volume).find((field) => field !== 'name') ?? 'unknown';

const restrictedVolumes: SecurityCheck = (spec) => {
  const bad = (spec.volumes ?? []).filter((volume) => !UNRESTRICTED_VOLUMES.has(volumeType(volume)));
  if (bad.length === 0) return undefined;
  const types = sorted(bad.map(volumeType));
  const noun = plural('volume', 'volumes', bad.length);
  const verb = plural('uses', 'use', bad.length);
  const kinds = plural('restricted volume type', 'restricted volume types', types.length);
  const names = quoted(bad.map(({ name }) => name));
  return { reason: 'restricted volume types', detail: `${noun} ${names} ${verb} ${kinds} ${quoted(types)}` };
};

const runAsNonRoot: SecurityCheck = (spec, pod) => {
  if (isRelaxed(spec, pod)) return undefined;
  const reason = 'runAsNonRoot != true';
  const podValue = spec.securityContext?.runAsNonRoot;
  const explicit = namesWhere(spec, (context) => context.runAsNonRoot === false);
  if (podValue === false || explicit.length > 0) {
    return {
      reason,
      detail: `${setters(podValue === false, explicit)} must not set securityContext.runAsNonRoot=false`,
    };
  }
  const implicit = podValue ? [] : namesWhere(spec, (context) => context.runAsNonRoot === undefined);
  if (implicit.length === 0) return undefined;
  return { reason, detail: `pod or ${containers(implicit)} must set securityContext.runAsNonRoot=true` };
};

const runAsUser: SecurityCheck = (spec, pod) => {
  if (isRelaxed(spec, pod)) return undefined;
  const podDoes = spec.securityContext?.runAsUser === 0;
  const names = namesWhere(spec, (context) => context.runAsUser === 0);
  if (!podDoes && names.length === 0) return undefined;
  return { reason: 'runAsUser=0', detail: `${setters(podDoes, names)} must not set runAsUser=0` };
};

const seccompRestricted: SecurityCheck = (spec, pod) => {
  if (isWindows(spec)) return undefined;
  const explicit = seccompBaseline(spec, pod);
  if (explicit) return explicit;
  const podIsSet = spec.securityContext?.seccompProfile !== undefined;
  const names = podIsSet ? [] : namesWhere(spec, (context) => context.seccompProfile === undefined);
  if (names.length === 0) return undefined;
  const what = 'must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"';
  return { reason: 'seccompProfile', detail: `pod or ${containers(names)} ${what}` };
};

/** Level baseline. */
export const baselineChecks: readonly SecurityCheck[] = [
  appArmorProfile,
  capabilitiesBaseline,
  hostNamespaces,
  hostPathVolumes,
  hostPorts,
  hostProbes,
  privileged,
  procMountBaseline,
  seLinuxOptions,
  seccompBaseline,
  sysctls,
  windowsHostProcess,
];

const REPLACED: readonly SecurityCheck[] = [capabilitiesBaseline, hostPathVolumes, procMountBaseline, seccompBaseline];

/** Level restricted: baseline first, but for what stricter checks replace. */
export const restrictedChecks: readonly SecurityCheck[] = [
  ...baselineChecks.filter((check) => !REPLACED.includes(check)),
  allowPrivilegeEscalation,
  capabilitiesRestricted,
  procMount,
  restrictedVolumes,
  runAsNonRoot,
  runAsUser,
  seccompRestricted,
];
