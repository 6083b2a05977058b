"use client";

import { Failure, type FailureProps } from "./_components/failure";

export default function ErrorBoundary(props: FailureProps) {
  return <Failure {...props} />;
}
