/**
 * How the parts of a kind's objects are owned: field by field, entry by entry, item by item of a list with keys, or as one piece.
 * Built-in kinds: their types (schema.ts), whose lists merge by the key that strategic merge patch knows, and what differs from that
 * here. Custom kinds: x-kubernetes-list-type, -list-map-keys and -map-type of their schemas.
 * Follows client-go/applyconfigurations/internal/internal.go and kube-openapi/pkg/schemaconv.
 */
import type { KindDefinition } from '../kinds/definition';
import { type FieldSchema, typeSchema } from '../schema';
import type { JSONSchemaProps } from '../types';

/** How a value is owned; `inside`: what a piece is made of, for checks. A list without keys is a set. Where nothing is known (`deduced`), the value says what it is. */
export type Topology =
  | { readonly type: 'leaf'; readonly scalar?: 'string' | 'number' | 'boolean'; readonly inside?: Topology }
  | { readonly type: 'deduced' }
  | { readonly type: 'map'; readonly of: Topology }
  | { readonly type: 'list'; readonly keys: readonly string[]; readonly of: Topology }
  | {
      readonly type: 'struct';
      /** The built-in type, or ''. */
      readonly name: string;
      fieldOf(name: string): Topology | undefined;
    };

const LEAF: Topology = { type: 'leaf' };
const DEDUCED: Topology = { type: 'deduced' };

/** Types owned as one piece. */
const ATOMIC = new Set(
  `ConfigMapKeySelector EndpointAddress EndpointPort FileKeySelector LabelSelector LocalObjectReference MatchResources
   NamedRuleWithOperations NodeSelector NodeSelectorTerm ObjectFieldSelector ObjectReference OwnerReference ParamKind ParamRef
   ResourceFieldSelector RoleRef ScopeSelector SecretKeySelector SecretReference ServiceBackendPort Subject TopologySelectorTerm
   TypedLocalObjectReference Variable`.split(/\s+/),
);

/** Fields that are owned otherwise than strategic merge patch merges them: `atomic`, `set`, or the keys of a list. */
const EXCEPTIONS = new Map(
  `CSIDriverSpec.volumeLifecycleModes set|Container.ports containerPort,protocol|ContainerRestartRuleOnExitCodes.values set
   |Endpoint.addresses set|EphemeralContainer.ports containerPort,protocol|HorizontalPodAutoscalerV1Spec.scaleTargetRef atomic|JobStatus.conditions atomic
   |NodeAllocatableResourceClaimStatus.containers set|PodFailurePolicyOnExitCodesRequirement.values set|PodSpec.nodeSelector atomic
   |PodSpec.topologySpreadConstraints topologyKey,whenUnsatisfiable|PodStatus.hostIPs atomic|ReplicationControllerSpec.selector atomic
   |ResourceRequirements.claims name|ResourceStatus.resources resourceID|Scheduling.nodeSelector atomic|ServiceSpec.ports port,protocol
   |ServiceSpec.selector atomic|UncountedTerminatedPods.succeeded set|UncountedTerminatedPods.failed set
   |ValidatingAdmissionPolicyBindingSpec.validationActions set|ValidatingAdmissionPolicyStatus.conditions type`
    .split(/\s*\|/)
    .map((row) => row.trim().split(' ') as [string, string]),
);

/** The value of a key that an item of a list leaves out. */
export function keyDefault(key: string): string | null {
  return key === 'protocol' ? 'TCP' : null;
}

function scalarOf({ type }: FieldSchema): Topology {
  if (type === 'string' || type === 'Time' || type === 'MicroTime') return { type: 'leaf', scalar: 'string' };
  if (type === 'int32' || type === 'int64' || type === 'float64') return { type: 'leaf', scalar: 'number' };
  return type === 'bool' ? { type: 'leaf', scalar: 'boolean' } : LEAF;
}

function fieldTopology(owner: string, field: FieldSchema): Topology {
  const exception = EXCEPTIONS.get(`${owner}.${field.name}`);
  const item = field.type === 'struct' ? typeTopology(field.typeName) : scalarOf(field);
  if (field.container === 'none') return exception === 'atomic' ? { type: 'leaf', inside: item } : item;
  const map: Topology = { type: 'map', of: item };
  if (field.container === 'map') return exception === 'atomic' ? { type: 'leaf', inside: map } : map;
  if (exception === 'atomic') return LEAF;
  const keys = exception === 'set' ? '' : (exception ?? field.patchMergeKey ?? '');
  if (exception === undefined && field.patchStrategy !== 'merge') return LEAF;
  return { type: 'list', keys: keys === '' ? [] : keys.split(','), of: item };
}

function typeTopology(name: string): Topology {
  const schema = typeSchema(name);
  if (!schema) return LEAF;
  const fieldOf = (field: string): Topology | undefined => {
    const found = schema.get(field);
    return found && fieldTopology(name, found);
  };
  const struct: Topology = { type: 'struct', name, fieldOf };
  return ATOMIC.has(name) ? { type: 'leaf', inside: struct } : struct;
}

type Schema = JSONSchemaProps & {
  readonly 'x-kubernetes-map-type'?: string;
  readonly 'x-kubernetes-list-type'?: string;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
};

function schemaTopology(schema: Schema | undefined): Topology {
  if (!schema || schema['x-kubernetes-int-or-string']) return schema ? LEAF : DEDUCED;
  if (schema.type === 'array') return arrayTopology(schema);
  if (schema.type !== 'object') return schema.type ? { type: 'leaf' } : DEDUCED;
  if (schema['x-kubernetes-map-type'] === 'atomic') return LEAF;
  const { properties, additionalProperties } = schema;
  if (!properties) {
    const of = typeof additionalProperties === 'object' ? schemaTopology(additionalProperties as Schema) : DEDUCED;
    return { type: 'map', of };
  }
  const keepsUnknown = schema['x-kubernetes-preserve-unknown-fields'] === true;
  const byName = new Map(Object.entries(properties as Readonly<Record<string, Schema>>));
  const fieldOf = (name: string): Topology | undefined => {
    const found = byName.get(name);
    if (found) return schemaTopology(found);
    return keepsUnknown ? DEDUCED : undefined;
  };
  return { type: 'struct', name: '', fieldOf };
}

function arrayTopology(schema: Schema): Topology {
  const kind = schema['x-kubernetes-list-type'];
  if (kind !== 'map' && kind !== 'set') return LEAF;
  const keys = kind === 'map' ? (schema['x-kubernetes-list-map-keys'] ?? []) : [];
  return { type: 'list', keys, of: schemaTopology(schema.items as Schema | undefined) };
}

/** How objects of a kind are owned. */
export function topologyOf({ type, schema }: Pick<KindDefinition, 'type' | 'schema'>): Topology {
  if (!schema) return typeTopology(type);
  const own = schemaTopology(schema as Schema);
  const metadata = typeTopology('ObjectMeta');
  const top = new Map<string, Topology>([
    ['metadata', metadata],
    ['apiVersion', LEAF],
    ['kind', LEAF],
  ]);
  const fieldOf = (name: string): Topology | undefined =>
    top.get(name) ?? (own.type === 'struct' ? own.fieldOf(name) : DEDUCED);
  return { type: 'struct', name: '', fieldOf };
}
