/**
 * The types of bodies that only subresources take, in the notation of schema.ts.
 * Follows k8s.io/api/autoscaling/v1/types.go.
 */

/** One line per type. */
export const SUBRESOURCE_LINES = `
Scale @TypeMeta kind:s apiVersion:s @ metadata:ObjectMeta spec:ScaleSpec status:ScaleStatus
ScaleSpec replicas:i
ScaleStatus replicas:i! selector:s
`;
