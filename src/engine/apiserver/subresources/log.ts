/**
 * The pods/log subresource: the text that a container has printed, as its node's kubelet has it.
 * Follows pkg/registry/core/pod/rest/log.go, LogLocation in pkg/registry/core/pod/strategy.go and ValidatePodLogOptions.
 */
import type { LogAnswer, LogPart, PodLogOptions } from '../../api/pod-streams';
import { invalid as invalidObject } from '../../api/status-error';
import type { Pod } from '../../api/types';
import { type FieldErrors, forbiddenField, invalid } from '../../api/validation/field-errors';
import { type Exchange, named } from '../exchange';
import { containerOf, kubeletOf } from '../kubelet-connection';

function problems({ tailLines, limitBytes, sinceSeconds, sinceTime, stream }: PodLogOptions): FieldErrors {
  const errors: FieldErrors = [];
  const isPositive = 'must be greater than 0';
  if (tailLines !== undefined && tailLines < 0) {
    errors.push(invalid('tailLines', tailLines, 'must be greater than or equal to 0'));
  }
  if (limitBytes !== undefined && limitBytes < 1) errors.push(invalid('limitBytes', limitBytes, isPositive));
  if (sinceSeconds !== undefined && sinceTime !== undefined) {
    errors.push(forbiddenField('', 'at most one of `sinceTime` or `sinceSeconds` may be specified'));
  } else if (sinceSeconds !== undefined && sinceSeconds < 1) {
    errors.push(invalid('sinceSeconds', sinceSeconds, isPositive));
  }
  if (stream !== undefined) errors.push(forbiddenField('stream', 'may not be specified'));
  return errors;
}

/** The query of the request to the kubelet. */
function queryOf({
  follow,
  previous,
  timestamps,
  sinceSeconds,
  sinceTime,
  tailLines,
  limitBytes,
}: PodLogOptions): string {
  const parameters: [string, unknown][] = [
    ['follow', follow && true],
    ['limitBytes', limitBytes],
    ['previous', previous || undefined],
    ['sinceSeconds', sinceSeconds],
    ['sinceTime', sinceTime?.replaceAll(':', '%3A')],
    ['tailLines', tailLines],
    ['timestamps', timestamps || undefined],
  ];
  const given = parameters.filter(([, value]) => value !== undefined).map(([name, value]) => `${name}=${value}`);
  return given.length > 0 ? `?${given.join('&')}` : '';
}

/** Answers with the log of one container. */
export function getLog(exchange: Exchange): LogAnswer {
  const { request, options } = exchange;
  const log = options.log ?? {};
  const errors = problems(log);
  if (errors.length > 0) throw invalidObject('', 'PodLogOptions', request.name ?? '', errors);
  const pod = named(exchange) as Pod;
  const container = containerOf(pod, log.container);
  const { name, namespace = '' } = pod.metadata;
  const answer = (part: LogPart): LogAnswer => ({
    apiVersion: 'v1',
    kind: 'PodLog',
    metadata: { name, namespace },
    ...part,
  });
  if (!pod.spec.nodeName) return answer({ text: '', instance: '', next: 0, isOver: true });
  const explain = (address: string, failure: string): string =>
    `Get "https://${address}/containerLogs/${namespace}/${name}/${container}${queryOf(log)}": ${failure}`;
  return answer(kubeletOf(exchange, pod, explain).containerLogs(pod, container, log));
}
