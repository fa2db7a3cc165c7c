import type { Component } from './client/component';
export const faultComponent: Component = {
  name: 'fault',
  process: 'fault',
  watches: [],
  initial: () => ({}),
  handle: () => undefined,
};
