import { machineRoute } from "@/lib/endpoint-routes";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = machineRoute("serverMetadata");
