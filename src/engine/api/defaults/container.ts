/**
 * Defaults of containers, their ports, probes, hooks and references. Fills in place.
 * Follows pkg/apis/core/v1/defaults.go (SetDefaults_Container, _Probe, _HTTPGetAction, _ObjectFieldSelector).
 */
import type { Container, EnvVar, HTTPGetAction, LifecycleHandler, Probe } from '../types';
import { defaultResourceList } from './resource-list';

/** Fills what a container leaves open. */
export function defaultContainer(container: Container): void {
  container.resources ??= {};
  defaultResourceList(container.resources.limits);
  defaultResourceList(container.resources.requests);
  for (const port of container.ports ?? []) port.protocol ||= 'TCP';
  for (const variable of container.env ?? []) defaultEnvVar(variable);
  defaultProbe(container.livenessProbe);
  defaultProbe(container.readinessProbe);
  defaultProbe(container.startupProbe);
  defaultLifecycle(container);
  container.terminationMessagePath ||= '/dev/termination-log';
  container.terminationMessagePolicy ||= 'File';
  container.imagePullPolicy ||= pullPolicyOf(container.image ?? '');
}

const PATH_PART = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const REPOSITORY = new RegExp(`^${PATH_PART}(?:/${PATH_PART})*$`);
const TAG = /^\w[\w.-]{0,127}$/;
const LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const DOMAIN = new RegExp(`^(?:${LABEL}(?:\\.${LABEL})*|\\[[a-fA-F0-9:]+\\])(?::\\d+)?$`);

/** `Always` for an image that may change under its name: the tag `latest`, or neither tag nor digest. */
export function pullPolicyOf(image: string): 'Always' | 'IfNotPresent' {
  const at = image.indexOf('@');
  const named = at < 0 ? image : image.slice(0, at);
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
  const tag = colon < 0 ? undefined : named.slice(colon + 1);
  if (tag !== 'latest' && (tag !== undefined || at >= 0)) return 'IfNotPresent';
  return isRepository(colon < 0 ? named : named.slice(0, colon)) && TAG.test(tag ?? 'latest')
    ? 'Always'
    : 'IfNotPresent';
}

/** Whether a reference without tag and digest can be read; what can't be read has no tag for upstream. */
function isRepository(name: string): boolean {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  const hasDomain = /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase();
  return hasDomain ? DOMAIN.test(first) && REPOSITORY.test(name.slice(slash + 1)) : REPOSITORY.test(name);
}

function defaultEnvVar({ valueFrom }: EnvVar): void {
  if (valueFrom?.fieldRef) valueFrom.fieldRef.apiVersion ||= 'v1';
  if (valueFrom?.resourceFieldRef) valueFrom.resourceFieldRef.divisor ??= '0';
  if (valueFrom?.fileKeyRef) valueFrom.fileKeyRef.optional ??= false;
}

function defaultProbe(probe: Probe | undefined): void {
  if (!probe) return;
  defaultHttpGet(probe.httpGet);
  if (probe.grpc) probe.grpc.service ??= '';
  probe.timeoutSeconds ||= 1;
  probe.periodSeconds ||= 10;
  probe.successThreshold ||= 1;
  probe.failureThreshold ||= 3;
}

/** Also drops what the gate ContainerStopSignals, off in 1.36, keeps out (pkg/api/pod/util.go). */
function defaultLifecycle(container: Container): void {
  const { lifecycle } = container;
  if (!lifecycle) return;
  defaultHandler(lifecycle.postStart);
  defaultHandler(lifecycle.preStop);
  if (lifecycle.stopSignal === undefined) return;
  delete lifecycle.stopSignal;
  if (!lifecycle.postStart && !lifecycle.preStop) delete container.lifecycle;
}

function defaultHandler(handler: LifecycleHandler | undefined): void {
  defaultHttpGet(handler?.httpGet);
}

function defaultHttpGet(action: HTTPGetAction | undefined): void {
  if (!action) return;
  action.path ||= '/';
  action.scheme ||= 'HTTP';
}
