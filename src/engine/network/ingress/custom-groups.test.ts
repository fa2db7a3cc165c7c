import { expect, test } from 'vitest';
import { isActedOn } from '../../api/custom-resources/acted-on';
import { GATEWAY_GROUP } from './from-gateway';
import { TRAEFIK_GROUPS } from './from-traefik';

test('the groups of Ingress controllers are acted on, and no others', () => {
  expect([GATEWAY_GROUP, ...TRAEFIK_GROUPS].map(isActedOn)).toEqual([true, true, true]);
  expect(['cert-manager.io', 'gateway.networking.k8s.io.example.com'].map(isActedOn)).toEqual([false, false]);
});
