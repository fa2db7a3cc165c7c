// Prints src/engine/api/rbac/bootstrap-policy.generated.ts: the roles and bindings that every cluster has, from Kubernetes' own policy.
// Run it in any module that requires k8s.io/kubernetes: go run bootstrap-policy.go > bootstrap-policy.generated.ts
package main

import (
	"fmt"
	"sort"
	"strings"

	rbac "k8s.io/api/rbac/v1"
	policy "k8s.io/kubernetes/plugin/pkg/auth/authorizer/rbac/bootstrappolicy"
)

var letters = map[string]string{"create": "c", "delete": "d", "deletecollection": "x", "get": "g", "list": "l", "patch": "p", "update": "u", "watch": "w"}

const aggregate = "rbac.authorization.k8s.io/aggregate-to-"

func verbs(list []string) string {
	text := ""
	for _, verb := range list {
		letter, ok := letters[verb]
		if !ok {
			return "=" + strings.Join(list, ",")
		}
		text += letter
	}
	return text
}

func rules(list []rbac.PolicyRule) string {
	texts := []string{}
	for _, rule := range list {
		parts := []string{verbs(rule.Verbs)}
		if len(rule.NonResourceURLs) > 0 {
			parts = append(parts, "url", strings.Join(rule.NonResourceURLs, ","))
		} else {
			parts = append(parts, strings.ReplaceAll(","+strings.Join(rule.APIGroups, ","), ",,", ",-,")[1:], strings.Join(rule.Resources, ","))
			if rule.APIGroups[0] == "" {
				parts[1] = "-" + strings.TrimPrefix(parts[1], "-")
			}
		}
		if len(rule.ResourceNames) > 0 {
			parts = append(parts, strings.Join(rule.ResourceNames, ","))
		}
		texts = append(texts, strings.Join(parts, " "))
	}
	return strings.Join(texts, ";")
}

func clusterRole(role rbac.ClusterRole) string {
	name := role.Name
	for label := range role.Labels {
		if strings.HasPrefix(label, aggregate) {
			name += ">" + strings.TrimPrefix(label, aggregate)
		}
	}
	return name + "|" + rules(role.Rules)
}

func binding(name string, ref rbac.RoleRef, subjects []rbac.Subject) string {
	texts := []string{}
	for _, subject := range subjects {
		text := subject.Kind[:1] + " " + subject.Name
		if subject.Namespace != "" {
			text += " " + subject.Namespace
		}
		texts = append(texts, text)
	}
	return strings.Join([]string{name, ref.Name, strings.Join(texts, ";")}, "|")
}

func print(name, doc string, lines []string) {
	sort.Strings(lines)
	fmt.Printf("\n/** %s */\nexport const %s = `\n%s\n`;\n", doc, name, strings.Join(lines, "\n"))
}

func main() {
	fmt.Println("// Written by scripts/bootstrap-policy.go from Kubernetes' bootstrap policy; not edited by hand. bootstrap-policy.ts reads it.")
	var clusterRoles, clusterBindings, roles, bindings []string
	for _, role := range append(policy.ClusterRoles(), policy.ControllerRoles()...) {
		clusterRoles = append(clusterRoles, clusterRole(role))
	}
	for _, one := range append(policy.ClusterRoleBindings(), policy.ControllerRoleBindings()...) {
		clusterBindings = append(clusterBindings, binding(one.Name, one.RoleRef, one.Subjects))
	}
	for namespace, list := range policy.NamespaceRoles() {
		for _, role := range list {
			roles = append(roles, namespace+"/"+role.Name+"|"+rules(role.Rules))
		}
	}
	for namespace, list := range policy.NamespaceRoleBindings() {
		for _, one := range list {
			bindings = append(bindings, binding(namespace+"/"+one.Name, one.RoleRef, one.Subjects))
		}
	}
	// What a controller's binding says is clear from its name.
	kept := []string{}
	for _, line := range clusterBindings {
		name := strings.SplitN(line, "|", 2)[0]
		account := strings.TrimPrefix(name, "system:controller:")
		if line == name+"|"+name+"|S "+account+" kube-system" {
			line = name
		}
		kept = append(kept, line)
	}
	print("CLUSTER_ROLES", "`name>label|rule;rule`; a rule is `verbs groups resources names` or `verbs url paths`.", clusterRoles)
	print("CLUSTER_ROLE_BINDINGS", "`name|role|subject;subject`; a subject is `kind name namespace`. A controller's name alone says all.", kept)
	print("ROLES", "As {@link CLUSTER_ROLES}, with the namespace before the name.", roles)
	print("ROLE_BINDINGS", "As {@link CLUSTER_ROLE_BINDINGS}, with the namespace before the name.", bindings)
}
