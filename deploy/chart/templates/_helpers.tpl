{{- define "waardig.labels" -}}
app.kubernetes.io/name: waardig
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "waardig.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end }}

{{- define "waardig.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "waardig.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{- define "waardig.pullSecrets" -}}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
{{- range . }}
  - name: {{ . }}
{{- end }}
{{- end }}
{{- end }}

{{- define "waardig.environment" -}}
- name: WAARDIG_BASE_URL
  value: {{ .Values.baseUrl | quote }}
- name: WAARDIG_HOSTS
  value: {{ join "," .Values.hosts | quote }}
- name: WAARDIG_PROXY
  value: {{ .Values.proxy | quote }}
- name: WAARDIG_LOG_LEVEL
  value: {{ .Values.logLevel | quote }}
- name: WAARDIG_CONTENT
  value: /etc/waardig/content
- name: WAARDIG_SIGN_IN
  value: /etc/waardig/sign-in/sign-in.yaml
{{- end }}

{{- define "waardig.volumeMounts" -}}
- name: content
  mountPath: /etc/waardig/content
  readOnly: true
- name: sign-in
  mountPath: /etc/waardig/sign-in
  readOnly: true
- name: scratch
  mountPath: /tmp
{{- end }}

{{- define "waardig.volumes" -}}
- name: content
{{- if .Values.content.claim }}
  persistentVolumeClaim:
    claimName: {{ .Values.content.claim }}
    readOnly: true
{{- else }}
  configMap:
    name: {{ .Values.content.configMap }}
{{- end }}
- name: sign-in
  secret:
    secretName: {{ .Values.signIn.secret }}
    defaultMode: 0440
- name: scratch
  emptyDir:
    sizeLimit: 256Mi
{{- end }}

{{- define "waardig.toDatabase" -}}
- to:
    - namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: kube-system
  ports:
    - port: 53
      protocol: UDP
    - port: 53
      protocol: TCP
- to:
    - ipBlock:
        cidr: {{ .Values.networkPolicy.databaseCidr }}
  ports:
    - port: {{ .Values.networkPolicy.databasePort }}
{{- end }}
