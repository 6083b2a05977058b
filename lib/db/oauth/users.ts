import "server-only";
import { toNumericDate } from "@/lib/oauth/keys/sign-jwt";
import type { AddressClaim, StandardClaims } from "@/lib/oauth/ports/standard-claims";
import type { UserStore } from "@/lib/oauth/ports/user-store";
import type { Prisma, PrismaClient } from "../client";

const columns = {
  username: true,
  email: true,
  emailVerified: true,
  name: true,
  givenName: true,
  familyName: true,
  middleName: true,
  nickname: true,
  profileUrl: true,
  pictureUrl: true,
  websiteUrl: true,
  gender: true,
  birthdate: true,
  zoneinfo: true,
  locale: true,
  phoneNumber: true,
  phoneNumberVerified: true,
  streetAddress: true,
  locality: true,
  region: true,
  postalCode: true,
  country: true,
  updatedAt: true,
} as const satisfies Prisma.UserSelect;

type UserRow = Prisma.UserGetPayload<{ select: typeof columns }>;

export function createUserStore(prisma: PrismaClient): UserStore {
  return {
    async findClaims(userId) {
      const row = await prisma.user.findUnique({ where: { id: userId }, select: columns });
      return row && toClaims(row);
    },

    async findCustomClaims(userId, scopes) {
      if (scopes.length === 0) return {};
      const rows = await prisma.userAttribute.findMany({
        where: { scopeName: { in: [...scopes] }, claimName: { not: null }, values: { some: { userId } } },
        select: { claimName: true, values: { where: { userId }, select: { value: true } } },
      });
      return Object.fromEntries(rows.map(({ claimName, values: [held] }) => [claimName, held?.value]));
    },
  };
}

function toClaims(row: UserRow): StandardClaims {
  return dropUnknown({
    name: row.name,
    given_name: row.givenName,
    family_name: row.familyName,
    middle_name: row.middleName,
    nickname: row.nickname,
    preferred_username: row.username,
    profile: row.profileUrl,
    picture: row.pictureUrl,
    website: row.websiteUrl,
    email: row.email,
    email_verified: row.emailVerified,
    gender: row.gender,
    birthdate: row.birthdate,
    zoneinfo: row.zoneinfo,
    locale: row.locale,
    phone_number: row.phoneNumber,
    // Left out if there is no number.
    phone_number_verified: row.phoneNumber === null ? null : row.phoneNumberVerified,
    address: toAddress(row),
    updated_at: toNumericDate(row.updatedAt),
  });
}

/** OpenID Connect Core §5.1.1: `formatted` is the label of a letter, its lines separated by line feeds. */
function toAddress({ streetAddress, locality, region, postalCode, country }: UserRow): AddressClaim | null {
  const lines = [streetAddress, [postalCode, locality].filter(Boolean).join(" "), region, country].filter(Boolean);
  if (lines.length === 0) return null;
  return dropUnknown({
    formatted: lines.join("\n"),
    street_address: streetAddress,
    locality,
    region,
    postal_code: postalCode,
    country,
  });
}

/** Without the members that are null: an unknown claim is left out (OpenID Connect Core §5.3.2). */
function dropUnknown<T extends object>(members: T): { [name in keyof T]?: NonNullable<T[name]> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null)) as {
    [name in keyof T]?: NonNullable<T[name]>;
  };
}
