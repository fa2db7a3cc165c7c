/** What a real kubectl answered, line by line. */
import { describe, expect, it } from 'vitest';
import { createSession } from '../session/create-session';
import { readDocumentation } from './documentation';

const CRD = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: cars.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: cars, singular: car, kind: Car}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        description: Something to drive.
        properties:
          spec:
            type: object
            required: [wheels]
            properties:
              wheels: {type: integer, description: How many wheels it has.}
              colour: {type: string, enum: [red, blue]}
`;

function run(command: string, text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n') {
  const { session } = createSession(text, {}, readDocumentation);
  if (!session) throw new Error('the text can not be read');
  session.simulation.run({ timeMs: 5000 });
  return session.kubectl(command, { step: session.simulation.step, timeMs: session.simulation.nowMs });
}

describe('kubectl explain', () => {
  it('explains a field (C81)', () => {
    expect(run('explain sts.spec.updateStrategy.rollingUpdate.partition').stdout).toBe(`GROUP:      apps
KIND:       StatefulSet
VERSION:    v1

FIELD: partition <integer>


DESCRIPTION:
    Partition indicates the ordinal at which the StatefulSet should be
    partitioned for updates. During a rolling update, all pods from ordinal
    Replicas-1 to Partition are updated. All pods from ordinal Partition-1 to 0
    remain untouched. This is helpful in being able to do a canary based
    deployment. The default value is 0.
    

`);
  });

  it('lists fields, also those below', () => {
    expect(run('explain deployment.spec.strategy --recursive').stdout).toBe(`GROUP:      apps
KIND:       Deployment
VERSION:    v1

FIELD: strategy <DeploymentStrategy>


DESCRIPTION:
    The deployment strategy to use to replace existing pods with new ones.
    DeploymentStrategy describes how to replace existing pods with new ones.
    
FIELDS:
  rollingUpdate	<RollingUpdateDeployment>
    maxSurge	<IntOrString>
    maxUnavailable	<IntOrString>
  type	<string>
  enum: Recreate, RollingUpdate

`);
    const { stdout } = run('explain pod.spec.containers.ports');
    expect(stdout).toContain('\nFIELD: ports <[]ContainerPort>\n');
    expect(stdout).toContain(
      "\n  containerPort\t<integer> -required-\n    Number of port to expose on the pod's IP address.",
    );
    expect(stdout).toContain('\n  protocol\t<string>\n  enum: SCTP, TCP, UDP\n    Protocol for port.');
  });

  it('explains kinds that are not simulated, too', () => {
    expect(run('explain csr.spec.usages').stdout).toContain(
      'GROUP:      certificates.k8s.io\nKIND:       CertificateSigningRequest\nVERSION:    v1\n',
    );
    expect(run('explain resourceclaims.resource.k8s.io').stdout).toContain(
      'DESCRIPTION:\n    ResourceClaim describes a request for access to resources in the cluster,\n',
    );
    expect(run('explain flowschemas --api-version=flowcontrol.apiserver.k8s.io/v1').code).toBe(0);
    expect(run('explain bindings.target').stdout).toContain('FIELD: target <ObjectReference>\n');
    expect(run('explain subjectaccessreview.spec').stdout).toContain('FIELD: spec <SubjectAccessReviewSpec>');
    expect(run('explain componentstatus -o plaintext-openapiv2').stdout).toContain('VERSION:  v1');
  });

  it('explains custom kinds by their schemas', () => {
    expect(run('explain cars.spec', CRD).stdout).toBe(`GROUP:      example.com
KIND:       Car
VERSION:    v1

FIELD: spec <Object>


DESCRIPTION:
    <empty>
FIELDS:
  colour	<string>
  enum: red, blue
    <no description>

  wheels	<integer> -required-
    How many wheels it has.


`);
  });

  it.each([
    ['explain nope', `the server doesn't have a resource type "nope"\n`],
    ['explain deploy --api-version=apps/v9', `error: couldn't find resource for "apps/v9, Resource=deployments"\n`],
    ['explain pod.spec.nope', 'error: field "nope" does not exist\n'],
    ['explain ""', 'error: a resource must be present, got: /, Resource=\n'],
    ['explain hpa --api-version=nonsense/x/y', 'error: unexpected GroupVersion string: nonsense/x/y\n'],
    ['explain pod --api-version=apps/v1', 'error: GVR (apps/v1, Resource=pods) not found in OpenAPI schema\n'],
    [
      'explain hpa --api-version=autoscaling/v3',
      `error: couldn't find resource for "autoscaling/v3, Resource=horizontalpodautoscalers"\n`,
    ],
    ['explain nope --api-version=v1', `the server doesn't have a resource type "nope"\n`],
  ])('%s', (command, stderr) => {
    expect(run(command)).toMatchObject({ stderr, code: 1 });
  });

  it('explains of a map in the older wording what is in it', () => {
    expect(run('explain cm.data.x -o plaintext-openapiv2').stdout).toBe(
      'KIND:     ConfigMap\nVERSION:  v1\n\nFIELD:    x <string>\n\nDESCRIPTION:\n     <empty>\n',
    );
  });
});
