/**
 * Objects in the version that is asked for: stored in one, served in several. Between those of custom resources nothing but the apiVersion is
 * changed, each version's schema then prunes and defaults; a built-in kind has a conversion of its own.
 * Follows apiextensions-apiserver/pkg/apiserver/conversion/nop_converter.go and crdConversionRESTOptionsGetter in
 * pkg/apiserver/customresource_handler.go. Left out: conversion by webhooks, which is done in the same way.
 */
import { applyDefaults } from '../api/custom-resources/defaulting';
import { pruneObject } from '../api/custom-resources/prune';
import type { KindDefinition } from '../api/kinds/definition';
import type { KubeObject } from '../api/meta';
import { deepEqual } from '../api/plain';
import { apiVersionOf } from '../api/scheme';

/** A stored object as it is answered. */
export function asServed(object: KubeObject, info: KindDefinition): KubeObject {
  const { schema, conversion } = info;
  if (conversion) return conversion.fromStorage(object);
  if (!schema) return object;
  const { value } = pruneObject(object, schema);
  const served = { ...(value as KubeObject), apiVersion: apiVersionOf(info) };
  applyDefaults(served, schema);
  return deepEqual(served, object) ? object : served;
}

/** An object that was sent as it is stored. */
export function asStored(object: KubeObject, info: KindDefinition): KubeObject {
  const { group, version, storageVersion, conversion } = info;
  if (conversion) return conversion.toStorage(object);
  return version === storageVersion
    ? object
    : { ...object, apiVersion: apiVersionOf({ group, version: storageVersion }) };
}
