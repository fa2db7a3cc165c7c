/**
 * The types of bodies that only subresources take, and of older versions of kinds, in the notation of schema.ts.
 * Follows k8s.io/api/{autoscaling,events}/v1/types.go.
 */

/** One line per type. */
export const SUBRESOURCE_LINES = `
Scale @TypeMeta kind:s apiVersion:s @ metadata:ObjectMeta spec:ScaleSpec status:ScaleStatus
ScaleSpec replicas:i
ScaleStatus replicas:i! selector:s
NewerEvent @TypeMeta kind:s apiVersion:s @ metadata:ObjectMeta eventTime:u! series:*EventSeries reportingController:s reportingInstance:s action:s reason:s regarding:ObjectReference related:*ObjectReference note:s type:s deprecatedSource:EventSource deprecatedFirstTimestamp:t deprecatedLastTimestamp:t deprecatedCount:i
HorizontalPodAutoscalerV1 @TypeMeta kind:s apiVersion:s @ metadata:ObjectMeta spec:HorizontalPodAutoscalerV1Spec status:HorizontalPodAutoscalerV1Status
HorizontalPodAutoscalerV1Spec scaleTargetRef:CrossVersionObjectReference! minReplicas:*i maxReplicas:i! targetCPUUtilizationPercentage:*i
HorizontalPodAutoscalerV1Status observedGeneration:*l lastScaleTime:*t currentReplicas:i! desiredReplicas:i! currentCPUUtilizationPercentage:*i
`;
