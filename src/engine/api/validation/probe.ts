/**
 * Probes, hooks and their handlers.
 * Follows pkg/apis/core/validation/validation.go (validateProbe, validateLifecycle, validateHandler).
 */
import type { ExecAction, HTTPGetAction, IntOrString, Lifecycle, Probe, SleepAction } from '../types';
import { type FieldErrors, forbiddenField, invalid, notSupported, pushInvalid, required } from './field-errors';
import { isHttpHeaderName, isPortName, isPortNumber } from './names';

const NON_NEGATIVE = 'must be greater than or equal to 0';
const HTTP_SCHEMES = ['HTTP', 'HTTPS'];

/** All that a probe or a hook can do; exactly one must be given. */
interface Handler {
  readonly exec?: ExecAction;
  readonly httpGet?: HTTPGetAction;
  readonly tcpSocket?: { port: IntOrString };
  readonly grpc?: { port: number };
  readonly sleep?: SleepAction;
}

const HANDLER_TYPES = ['exec', 'httpGet', 'tcpSocket', 'grpc', 'sleep'] as const;

/** What decides about hooks beside the hook itself. */
export interface HookContext {
  readonly gracePeriodSeconds: number | undefined;
}

/** A port by number or by name. */
export function validatePortNumberOrName(errors: FieldErrors, field: string, port: IntOrString | undefined): void {
  if (typeof port === 'string') pushInvalid(errors, field, port, isPortName(port));
  else pushInvalid(errors, field, port ?? 0, isPortNumber(port ?? 0));
}

/** A number that may not be negative; absent is fine. */
export function validateNonNegative(errors: FieldErrors, field: string, value: number | undefined): void {
  if (value !== undefined && value < 0) errors.push(invalid(field, value, NON_NEGATIVE));
}

/** A liveness or startup probe. */
export function validateLivenessProbe(
  errors: FieldErrors,
  field: string,
  probe: Probe | undefined,
  hooks: HookContext,
): void {
  if (!probe) return;
  validateProbe(errors, field, probe, hooks);
  const { successThreshold = 0 } = probe;
  if (successThreshold !== 1) errors.push(invalid(`${field}.successThreshold`, successThreshold, 'must be 1'));
}

/** A readiness probe. */
export function validateReadinessProbe(
  errors: FieldErrors,
  field: string,
  probe: Probe | undefined,
  hooks: HookContext,
): void {
  if (!probe) return;
  validateProbe(errors, field, probe, hooks);
  const { terminationGracePeriodSeconds: seconds } = probe;
  if (seconds === undefined) return;
  errors.push(invalid(`${field}.terminationGracePeriodSeconds`, seconds, 'must not be set for readinessProbes'));
}

function validateProbe(errors: FieldErrors, field: string, probe: Probe, hooks: HookContext): void {
  validateHandler(errors, field, probe, hooks);
  validateNonNegative(errors, `${field}.initialDelaySeconds`, probe.initialDelaySeconds);
  validateNonNegative(errors, `${field}.timeoutSeconds`, probe.timeoutSeconds);
  validateNonNegative(errors, `${field}.periodSeconds`, probe.periodSeconds);
  validateNonNegative(errors, `${field}.successThreshold`, probe.successThreshold);
  validateNonNegative(errors, `${field}.failureThreshold`, probe.failureThreshold);
  const { terminationGracePeriodSeconds: seconds } = probe;
  if (seconds === undefined || seconds > 0) return;
  errors.push(invalid(`${field}.terminationGracePeriodSeconds`, seconds, 'must be greater than 0'));
}

/** The hooks of a container. */
export function validateLifecycle(errors: FieldErrors, field: string, lifecycle: Lifecycle, hooks: HookContext): void {
  if (lifecycle.postStart) validateHandler(errors, `${field}.postStart`, lifecycle.postStart, hooks);
  if (lifecycle.preStop) validateHandler(errors, `${field}.preStop`, lifecycle.preStop, hooks);
}

function validateHandler(errors: FieldErrors, field: string, handler: Handler, hooks: HookContext): void {
  let found = false;
  for (const type of HANDLER_TYPES) {
    if (!handler[type]) continue;
    if (found) errors.push(forbiddenField(`${field}.${type}`, 'may not specify more than 1 handler type'));
    else validateAction(errors, `${field}.${type}`, type, handler, hooks);
    found = true;
  }
  if (!found) errors.push(required(field, 'must specify a handler type'));
}

function validateAction(
  errors: FieldErrors,
  field: string,
  type: (typeof HANDLER_TYPES)[number],
  handler: Handler,
  hooks: HookContext,
): void {
  switch (type) {
    case 'exec':
      if ((handler.exec?.command?.length ?? 0) === 0) errors.push(required(`${field}.command`));
      break;
    case 'httpGet':
      validateHttpGet(errors, field, handler.httpGet as HTTPGetAction);
      break;
    case 'tcpSocket':
    case 'grpc':
      validatePortNumberOrName(errors, `${field}.port`, handler[type]?.port);
      break;
    case 'sleep':
      validateSleep(errors, field, handler.sleep?.seconds ?? 0, hooks.gracePeriodSeconds);
  }
}

function validateHttpGet(errors: FieldErrors, field: string, action: HTTPGetAction): void {
  if (!action.path) errors.push(required(`${field}.path`));
  validatePortNumberOrName(errors, `${field}.port`, action.port);
  if (!HTTP_SCHEMES.includes(action.scheme ?? '')) {
    errors.push(notSupported(`${field}.scheme`, action.scheme ?? '', HTTP_SCHEMES));
  }
  for (const { name = '' } of action.httpHeaders ?? []) {
    pushInvalid(errors, `${field}.httpHeaders`, name, isHttpHeaderName(name));
  }
}

function validateSleep(
  errors: FieldErrors,
  field: string,
  seconds: number,
  gracePeriodSeconds: number | undefined,
): void {
  if (gracePeriodSeconds === undefined || (seconds >= 0 && seconds <= gracePeriodSeconds)) return;
  const detail = `must be non-negative and less than terminationGracePeriodSeconds (${gracePeriodSeconds})`;
  errors.push(invalid(field, seconds, detail));
}
