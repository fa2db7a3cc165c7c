/** Defaults of CustomResourceDefinitions. Follows apiextensions-apiserver/pkg/apis/apiextensions/v1/defaults.go. */
import type { KubeObject } from '../meta';
import type { CustomResourceDefinition } from '../types';

/** Fills in place what a CustomResourceDefinition leaves out. */
export function defaultCustomResourceDefinition(draft: KubeObject): void {
  const { spec } = draft as CustomResourceDefinition;
  const { names } = spec;
  names.singular ||= (names.kind ?? '').toLowerCase();
  if (names.kind) names.listKind ||= `${names.kind}List`;
  spec.conversion ??= { strategy: 'None' };
  const { webhook } = spec.conversion;
  if (webhook?.clientConfig?.service) webhook.clientConfig.service.port ??= 443;
}
