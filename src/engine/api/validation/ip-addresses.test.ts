import { describe, expect, test } from 'vitest';
import type { FieldErrors } from './field-errors';
import { ipFamilyOf, validateEndpointIp, validateIp, validateLegacyCidr, validateLegacyIp } from './ip-addresses';

type Check = (errors: FieldErrors, field: string, text: string) => void;

const NOT_IP = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';
const NOT_CIDR = 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)';

const CASES: [string, Check, string, string][] = [
  ['legacy', validateLegacyIp, '10.0.0.1', ''],
  ['legacy', validateLegacyIp, '2001:DB8:0:0::1', ''],
  ['legacy', validateLegacyIp, 'localhost', NOT_IP],
  ['legacy', validateLegacyIp, '1.2.3', NOT_IP],
  ['legacy', validateLegacyIp, '1.2.3.256', NOT_IP],
  ['legacy', validateLegacyIp, '1::2::3', NOT_IP],
  ['legacy', validateLegacyIp, '010.1.1.1', 'must not have leading 0s'],
  ['legacy', validateLegacyIp, '::ffff:1.2.3.4', 'must not be an IPv4-mapped IPv6 address'],
  ['canonical', validateIp, '2001:db8::1', ''],
  ['canonical', validateIp, '2001:DB8:0:0::1', 'must be in canonical form ("2001:db8::1")'],
  ['canonical', validateIp, '0:0:1:0:0:0:0:1', 'must be in canonical form ("0:0:1::1")'],
  ['cidr', validateLegacyCidr, '10.0.0.0/8', ''],
  ['cidr', validateLegacyCidr, '2001:db8::/32', ''],
  ['cidr', validateLegacyCidr, '10.0.0.0/33', NOT_CIDR],
  ['cidr', validateLegacyCidr, '10.0.0.0', NOT_CIDR],
  ['cidr', validateLegacyCidr, '10.0.0.0/08', 'must not have leading 0s in IP or prefix length'],
  ['cidr', validateLegacyCidr, '1.2.3.4/8', 'must not have bits set beyond the prefix length'],
  ['endpoint', validateEndpointIp, '10.0.0.1', ''],
  ['endpoint', validateEndpointIp, '0.0.0.0', 'may not be unspecified (0.0.0.0)'],
  ['endpoint', validateEndpointIp, '127.0.0.1', 'may not be in the loopback range (127.0.0.0/8, ::1/128)'],
  ['endpoint', validateEndpointIp, '::1', 'may not be in the loopback range (127.0.0.0/8, ::1/128)'],
  ['endpoint', validateEndpointIp, '169.254.1.1', 'may not be in the link-local range (169.254.0.0/16, fe80::/10)'],
  [
    'endpoint',
    validateEndpointIp,
    '224.0.0.5',
    'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)',
  ],
];

describe('IP addresses', () => {
  test.each(CASES)('%s %#: %s', (_what, check, text, message) => {
    const errors: FieldErrors = [];
    check(errors, 'a', text);
    expect(errors.map((error) => error.message)).toEqual(message ? [`Invalid value: "${text}": ${message}`] : []);
  });

  test('families', () => {
    expect(['1.2.3.4', '::', 'x'].map(ipFamilyOf)).toEqual(['IPv4', 'IPv6', undefined]);
  });
});
