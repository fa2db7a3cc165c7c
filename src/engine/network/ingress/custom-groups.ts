/** Which custom kinds somebody acts on: the Ingress controllers that are simulated. All others are stored, checked and served, and nothing comes of them. */
import { GATEWAY_GROUP } from './from-gateway';
import { TRAEFIK_GROUPS } from './from-traefik';

/** Whether anything acts on the custom kinds of a group. */
export const isActedOn = (group: string): boolean => group === GATEWAY_GROUP || TRAEFIK_GROUPS.includes(group);
