// Prints, as JSON, what Kubernetes' own Go types say about each field of the kinds that are named as arguments: Go type,
// pointer or not, whether it is omitted when empty, documentation, patch tags. Input of generate-api.mjs.
// Run it in any module that requires k8s.io/client-go, k8s.io/apiextensions-apiserver and k8s.io/kube-aggregator:
// go run api-fields.go $(node generate-api.mjs --kinds) > fields.json
package main

import (
	"encoding/json"
	"os"
	"reflect"
	"strings"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/client/clientset/clientset/scheme"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	builtin "k8s.io/client-go/kubernetes/scheme"
	aggregator "k8s.io/kube-aggregator/pkg/client/clientset_generated/clientset/scheme"
)

type field struct {
	Name       string `json:"name"`
	GoType     string `json:"goType"`
	Kind       string `json:"kind"`
	Struct     string `json:"struct,omitempty"`
	ListKind   string `json:"elementKind,omitempty"`
	ListType   string `json:"elementType,omitempty"`
	OmitEmpty  bool   `json:"omitEmpty"`
	OmitZero   bool   `json:"omitZero,omitempty"`
	Strategy   string `json:"patchStrategy,omitempty"`
	MergeKey   string `json:"patchMergeKey,omitempty"`
	Pointer    bool   `json:"pointer,omitempty"`
	ElementPtr bool   `json:"elementPointer,omitempty"`
	Embedded   string `json:"embedded,omitempty"`
	Doc        string `json:"doc,omitempty"`
}

var types = map[string][]field{}
var packages = map[string]string{}

var leaves = map[string]bool{"v1.Time": true, "v1.MicroTime": true, "resource.Quantity": true, "intstr.IntOrString": true, "v1.FieldsV1": true, "runtime.RawExtension": true,
	"v1.JSON": true, "v1.JSONSchemaPropsOrArray": true, "v1.JSONSchemaPropsOrBool": true, "v1.JSONSchemaPropsOrStringArray": true}

// Names of types whose own name another package has too.
var renamed = map[string]string{"k8s.io/api/core/v1.EndpointPort": "CoreEndpointPort", "k8s.io/api/storage/v1.TokenRequest": "StorageTokenRequest",
	"k8s.io/api/admissionregistration/v1.ServiceReference":                 "AdmissionServiceReference",
	"k8s.io/api/admissionregistration/v1.WebhookClientConfig":              "AdmissionClientConfig",
	"k8s.io/kube-aggregator/pkg/apis/apiregistration/v1.ServiceReference": "APIServiceReference"}

func typeName(t reflect.Type) string {
	if name, ok := renamed[t.PkgPath()+"."+t.Name()]; ok {
		return name
	}
	return t.Name()
}

func visit(t reflect.Type) {
	if t.Kind() != reflect.Struct || leaves[t.String()] {
		return
	}
	name := typeName(t)
	if _, seen := types[name]; seen {
		if packages[name] != t.PkgPath() {
			panic("two types are called " + name)
		}
		return
	}
	packages[name] = t.PkgPath()
	types[name] = nil
	types[name] = fields(t)
}

func structName(t reflect.Type) string {
	if t.Kind() == reflect.Struct && !leaves[t.String()] {
		return typeName(t)
	}
	return ""
}

type documented interface{ SwaggerDoc() map[string]string }

func docs(t reflect.Type) map[string]string {
	if d, ok := reflect.New(t).Elem().Interface().(documented); ok {
		return d.SwaggerDoc()
	}
	return nil
}

func fields(t reflect.Type) []field {
	out := []field{}
	doc := docs(t)
	for i := 0; i < t.NumField(); i++ {
		f := t.Field(i)
		parts := strings.Split(f.Tag.Get("json"), ",")
		if f.Anonymous && parts[0] == "" {
			for _, row := range fields(f.Type) {
				row.Embedded = strings.TrimSuffix(f.Name+"."+row.Embedded, ".")
				out = append(out, row)
			}
			continue
		}
		ft := f.Type
		row := field{Name: parts[0], Doc: doc[parts[0]], OmitEmpty: strings.Contains(f.Tag.Get("json"), "omitempty"),
			OmitZero: strings.Contains(f.Tag.Get("json"), "omitzero"),
			Strategy: f.Tag.Get("patchStrategy"), MergeKey: f.Tag.Get("patchMergeKey")}
		if ft.Kind() == reflect.Pointer {
			row.Pointer = true
			ft = ft.Elem()
		}
		row.GoType, row.Kind, row.Struct = ft.String(), ft.Kind().String(), structName(ft)
		if ft.Kind() == reflect.Slice || ft.Kind() == reflect.Map {
			e := ft.Elem()
			if e.Kind() == reflect.Pointer {
				row.ElementPtr = true
				e = e.Elem()
			}
			row.ListType, row.ListKind, row.Struct = e.String(), e.Kind().String(), structName(e)
			visit(e)
		}
		visit(ft)
		out = append(out, row)
	}
	return out
}

// newObject makes an empty object of a kind given as "apps/v1/Deployment" or "v1/Pod".
func newObject(name string) runtime.Object {
	slash := strings.LastIndex(name, "/")
	version, err := schema.ParseGroupVersion(name[:slash])
	if err != nil {
		panic(err)
	}
	kind := version.WithKind(name[slash+1:])
	object, err := builtin.Scheme.New(kind)
	if err != nil {
		object, err = apiextensions.Scheme.New(kind)
	}
	if err != nil {
		object, err = aggregator.Scheme.New(kind)
	}
	if err != nil {
		panic(err)
	}
	return object
}

func main() {
	for _, name := range os.Args[1:] {
		visit(reflect.TypeOf(newObject(name)).Elem())
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetIndent("", " ")
	encoder.Encode(types)
}
