/**
 * The pods/log subresource: the text that a container has printed, as its node's kubelet has it.
 * Follows pkg/registry/core/pod/rest/log.go, LogLocation in pkg/registry/core/pod/strategy.go and ValidatePodLogOptions.
 */
import type { FieldError } from '../../api/field-error';
import type { KubeObject } from '../../api/meta';
import type { LogAnswer, LogPart, PodLogOptions } from '../../api/pod-streams';
import { invalid } from '../../api/status-error';
import type { Pod } from '../../api/types';
import { type Exchange, named } from '../exchange';
import { asAnswer, containerOf, kubeletOf } from '../kubelet-connection';

function problems({ tailLines, limitBytes, sinceSeconds, sinceTime }: PodLogOptions): FieldError[] {
  const errors: FieldError[] = [];
  const wrong = (field: string, value: number, detail: string): void => {
    errors.push({ type: 'FieldValueInvalid', field, message: `Invalid value: ${value}: ${detail}` });
  };
  if (tailLines !== undefined && tailLines < 0) wrong('tailLines', tailLines, 'must be greater than or equal to 0');
  if (limitBytes !== undefined && limitBytes < 1) wrong('limitBytes', limitBytes, 'must be greater than 0');
  if (sinceSeconds !== undefined && sinceTime !== undefined) {
    const message = 'Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified';
    errors.push({ type: 'FieldValueForbidden', field: '', message });
  } else if (sinceSeconds !== undefined && sinceSeconds < 1) {
    wrong('sinceSeconds', sinceSeconds, 'must be greater than 0');
  }
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
export function getLog(exchange: Exchange): KubeObject {
  const { request, options } = exchange;
  const log = options.log ?? {};
  const errors = problems(log);
  if (errors.length > 0) throw invalid('', 'PodLogOptions', request.name ?? '', errors);
  const pod = named(exchange) as Pod;
  const container = containerOf(pod, log.container);
  const { name, namespace = '' } = pod.metadata;
  const answer = (part: LogPart): KubeObject =>
    asAnswer({ apiVersion: 'v1', kind: 'PodLog', metadata: { name, namespace }, ...part } satisfies LogAnswer);
  if (!pod.spec.nodeName) return answer({ text: '', instance: '', next: 0, isOver: true });
  const explain = (address: string, failure: string): string =>
    `Get "https://${address}/containerLogs/${namespace}/${name}/${container}${queryOf(log)}": ${failure}`;
  return answer(kubeletOf(exchange, pod, explain).containerLogs(pod, container, log));
}
