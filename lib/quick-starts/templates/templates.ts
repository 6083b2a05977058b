import argoCd from "./data/argo-cd.json" with { type: "json" };
import audiobookshelf from "./data/audiobookshelf.json" with { type: "json" };
import bookstack from "./data/bookstack.json" with { type: "json" };
import forgejo from "./data/forgejo.json" with { type: "json" };
import freshrss from "./data/freshrss.json" with { type: "json" };
import gitea from "./data/gitea.json" with { type: "json" };
import gitlab from "./data/gitlab.json" with { type: "json" };
import grafana from "./data/grafana.json" with { type: "json" };
import harbor from "./data/harbor.json" with { type: "json" };
import headscale from "./data/headscale.json" with { type: "json" };
import homeAssistant from "./data/home-assistant.json" with { type: "json" };
import immich from "./data/immich.json" with { type: "json" };
import jenkins from "./data/jenkins.json" with { type: "json" };
import kubernetes from "./data/kubernetes.json" with { type: "json" };
import mealie from "./data/mealie.json" with { type: "json" };
import miniflux from "./data/miniflux.json" with { type: "json" };
import minio from "./data/minio.json" with { type: "json" };
import nextcloud from "./data/nextcloud.json" with { type: "json" };
import oauth2Proxy from "./data/oauth2-proxy.json" with { type: "json" };
import openWebui from "./data/open-webui.json" with { type: "json" };
import outline from "./data/outline.json" with { type: "json" };
import paperlessNgx from "./data/paperless-ngx.json" with { type: "json" };
import pgadmin from "./data/pgadmin.json" with { type: "json" };
import portainer from "./data/portainer.json" with { type: "json" };
import proxmox from "./data/proxmox.json" with { type: "json" };
import synapse from "./data/synapse.json" with { type: "json" };
import vaultwarden from "./data/vaultwarden.json" with { type: "json" };
import vikunja from "./data/vikunja.json" with { type: "json" };
import type { Template } from "./template";

const all = {
  "argo-cd": argoCd,
  audiobookshelf,
  bookstack,
  forgejo,
  freshrss,
  gitea,
  gitlab,
  grafana,
  harbor,
  headscale,
  "home-assistant": homeAssistant,
  immich,
  jenkins,
  kubernetes,
  mealie,
  miniflux,
  minio,
  nextcloud,
  "oauth2-proxy": oauth2Proxy,
  "open-webui": openWebui,
  outline,
  "paperless-ngx": paperlessNgx,
  pgadmin,
  portainer,
  proxmox,
  synapse,
  vaultwarden,
  vikunja,
} satisfies Record<string, unknown>;

export type TemplateId = keyof typeof all;

/** By their names. */
export const templates = all as Readonly<Record<TemplateId, Template>>;

export const templateIds = Object.keys(all) as TemplateId[];

/** A template by its ID in an address. */
export function findTemplate(id: unknown): TemplateId | null {
  return templateIds.find((known) => known === id) ?? null;
}
