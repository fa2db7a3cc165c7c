/**
 * A Pod template inside another description, or by itself. Follows DescribePodTemplate in staging/src/k8s.io/kubectl/pkg/describe/describe.go and
 * printTemplate in polymorphichelpers/history.go.
 */
import type { PodTemplateSpec } from '../../engine/api/types';
import { containerLines } from './containers';
import { spreadLines, tolerationLines } from './scheduling';
import { annotationLines, labelLines, optionalField } from './text';
import { volumeLines } from './volumes';

/** `Pod Template:` and its lines, with tabs: `rollout history` prints them as they are. */
export function podTemplateLines(template: PodTemplateSpec | undefined): string {
  const { metadata, spec } = template ?? {};
  const hasAnnotations = Object.keys(metadata?.annotations ?? {}).length > 0;
  return [
    'Pod Template:\n',
    labelLines('  Labels', metadata?.labels),
    hasAnnotations ? annotationLines('  Annotations', metadata?.annotations) : '',
    optionalField('Service Account', spec?.serviceAccountName, 1),
    spec?.initContainers?.length ? containerLines('Init Containers', spec.initContainers, { indent: '  ' }) : '',
    containerLines('Containers', spec?.containers ?? [], { indent: '  ' }),
    volumeLines(spec?.volumes, '  '),
    spreadLines(spec?.topologySpreadConstraints, '  '),
    optionalField('Priority Class Name', spec?.priorityClassName, 1),
    labelLines('  Node-Selectors', spec?.nodeSelector),
    tolerationLines('  Tolerations', spec?.tolerations),
  ].join('');
}
