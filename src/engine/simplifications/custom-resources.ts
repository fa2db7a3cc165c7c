/** What is simplified about custom resources, for the list of limits. */
import type { Limit } from '../limits';

const area = 'Custom resources';

/** The lines. */
export const CUSTOM_RESOURCES_LIMITS: readonly Limit[] = [
  {
    area,
    kind: 'simplified',
    what: 'Expressions in CEL',
    detail:
      'x-kubernetes-validations and ValidatingAdmissionPolicies are compiled and evaluated by an evaluator of our own, which has a budget for each expression. Names, functions, fields and simple types are checked before, lists, maps and objects only as they meet; what rules may cost is estimated as upstream does, what they do cost is counted in other units; unsigned numbers are whole numbers once types are checked; messages and time zones are not there, and the authorizer of policies looks at no selectors. Lists that are sets or maps are compared in their order, and what broke a rule before and stays as it is gets no warning.',
  },
  {
    area,
    kind: 'absent',
    what: 'Programs that act on custom resources',
    detail:
      'Operators run as Pods of their image and do nothing: no Certificate becomes a Secret, no Kafka a broker. Custom resources are checked, stored and served; only those of the Gateway API and of Traefik have an effect. What a Pod of theirs mounts is there only where a few well-known programs make it (Secrets of ingress-nginx, Argo CD, MetalLB, KEDA, Contour and Envoy Gateway, the root certificate of Istio).',
  },
  {
    area,
    kind: 'absent',
    what: 'Conversion webhooks',
    detail: 'Versions of a custom kind differ in their apiVersion and schema only, as with the strategy None.',
  },
  {
    area,
    kind: 'simplified',
    what: 'Formats of texts',
    detail:
      'bsonobjectid, isbn, creditcard, ssn and rgbcolor accept every text; email, hostname and uri are checked by simpler rules.',
  },
  {
    area,
    kind: 'simplified',
    what: 'The first seconds of a new kind',
    detail:
      'Its resources are served and discovered as soon as its definition is established; a real API server makes the first writes wait up to two seconds.',
  },
  {
    area,
    kind: 'simplified',
    what: 'Conditions of definitions',
    detail: 'NamesAccepted, Established and Terminating; what only definitions from before v1 can get is left out.',
  },
  {
    area,
    kind: 'simplified',
    what: 'Defaults inside embedded objects',
    detail: 'Defaults in the metadata of embedded objects are not held against the rules of metadata.',
  },
];
