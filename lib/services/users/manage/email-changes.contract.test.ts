import { afterAll, expect, test } from "vitest";
import { getPrisma } from "@/lib/db/prisma";
import { TooManyRequestsError } from "@/lib/oauth/wire/errors";
import { ForbiddenError } from "../../errors";
import { addUser, removeAll, signInAs } from "../testing/managed-users";
import { updateUser } from "./update-user";

const prisma = getPrisma();

afterAll(async () => {
  await removeAll();
  await prisma.$disconnect();
});

test("the address of an account is changed five times an hour, whoever does it; the rest isn't bounded", async () => {
  const [id, managers] = [await addUser(), [await signInAs("user_manager"), await signInAs("administrator")]];
  const change = (count: number) => {
    const manager = managers[count % 2];
    if (!manager) throw new Error("There is no manager.");
    return updateUser(manager, { id, email: `${id}-${count}@a.example` });
  };
  for (let count = 0; count < 5; count++) await change(count);
  await expect(change(5)).rejects.toThrow(TooManyRequestsError);
  const [manager = await signInAs("user_manager")] = managers;
  // The address that it has is no change.
  await updateUser(manager, { id, name: "Ada Lovelace", email: `${id}-4@a.example` });
  expect(await prisma.user.findUniqueOrThrow({ where: { id } })).toMatchObject({
    name: "Ada Lovelace",
    email: `${id}-4@a.example`,
  });
});

test("attempts by someone who may not change the account use up nothing", async () => {
  const [id, manager] = [await addUser("auditor"), await signInAs("user_manager")];
  for (let count = 0; count < 6; count++) {
    await expect(updateUser(manager, { id, email: `${id}-${count}@a.example` })).rejects.toThrow(ForbiddenError);
  }
  await updateUser(await signInAs("administrator"), { id, email: `${id}@a.example` });
});
