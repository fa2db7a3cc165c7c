/**
 * The Ingress controllers that are simulated, and what they are called: one list for those who simulate them and those who read scenarios.
 * Plain data.
 */

/** One that is known. */
export interface KnownController {
  /** How scenarios name it in short. */
  readonly word: 'nginx' | 'nginx-gateway' | 'traefik';
  /** What people call it. */
  readonly title: string;
  /** `spec.controller` of IngressClasses, `controllerName` of GatewayClasses. */
  readonly controllers: readonly string[];
}

/** All that are known; the first is meant where none is named. */
export const KNOWN_CONTROLLERS: readonly KnownController[] = [
  { word: 'nginx', title: 'ingress-nginx', controllers: ['k8s.io/ingress-nginx', 'nginx.org/ingress-controller'] },
  {
    word: 'nginx-gateway',
    title: 'NGINX Gateway Fabric',
    controllers: ['gateway.nginx.org/nginx-gateway-controller'],
  },
  {
    word: 'traefik',
    title: 'Traefik',
    controllers: ['traefik.io/ingress-controller', 'traefik.io/gateway-controller'],
  },
];

/** What a scenario may call one. */
export const namesOf = ({ word, title, controllers }: KnownController): readonly string[] => [
  word,
  title,
  ...controllers,
];

/** What the annotations that ingress-nginx obeys begin with. */
export const NGINX_PREFIX = 'nginx.ingress.kubernetes.io/';
