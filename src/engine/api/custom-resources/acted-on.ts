/** Which custom kinds somebody acts on: the Ingress controllers that are simulated. All others are stored, checked and served, and nothing comes of them. */

/** The groups of the Gateway API and of Traefik. */
const GROUPS = /^(gateway\.networking\.k8s\.io|traefik\.(io|containo\.us))$/;

/** Whether anything acts on the custom kinds of a group. */
export const isActedOn = (group: string): boolean => GROUPS.test(group);
