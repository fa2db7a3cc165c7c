/**
 * Whether the server behind the APIService of the metrics server answers. Reads and writes the condition Available of that APIService.
 * Follows kube-aggregator/pkg/controllers/status/remote/remote_available_controller.go. Simplified: the Service, its endpoints and the
 * process behind them are one; it looks when that process stops or is back, and not every half minute too.
 */
import { findCondition, setCondition } from '../../api/conditions';
import type { APIService } from '../../api/types';
import type { Component, Context } from '../../client/component';
import { isMetricsServerDown } from '../../client/environment';

/** The controller's name. */
export const AVAILABILITY = 'remote-availability-controller';

const KIND = 'APIService';
const NAME = 'v1beta1.metrics.k8s.io';
const PASSED = { status: 'True', reason: 'Passed', message: 'all checks passed' } as const;
const MISSING = {
  status: 'False',
  reason: 'MissingEndpoints',
  message: 'endpointslices for service/metrics-server in "kube-system" have no addresses with port name "https"',
} as const;

function look(context: Context): void {
  const service = context.client.find<APIService>(KIND, undefined, NAME);
  const before = service?.status?.conditions ?? [];
  const found = isMetricsServerDown(context.environment) ? MISSING : PASSED;
  if (!service || findCondition(before, 'Available')?.status === found.status) return;
  const conditions = setCondition(before, { type: 'Available', ...found, lastTransitionTime: context.now });
  const updated = context.client.updateStatus<APIService>({ ...service, status: { conditions: [...conditions] } });
  const how =
    found === PASSED ? 'is available again: metrics-server answers' : 'is not available: no metrics-server is ready';
  context.say('update', updated, `${KIND} ${NAME} ${how}`);
}

/** The controller. It runs inside the API server. */
export const remoteAvailabilityController: Component = {
  name: AVAILABILITY,
  process: 'kube-apiserver',
  watches: [],
  initial: () => ({}),
  handle: look,
};
