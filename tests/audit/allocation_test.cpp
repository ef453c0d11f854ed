// Every allocation of decoder and comparator, failed once each: whatever memory runs out, no number
// comes out in sync, and none with a finding that is not there.

#include <cstddef>
#include <cstdlib>
#include <new>
#include <string>

#include <gtest/gtest.h>

#include "audit/judge.hpp"
#include "audit/table_fetcher.hpp"

// NOLINTBEGIN(cppcoreguidelines-no-malloc): what operator new is made of

namespace {

/// Of the allocations from now on, the one that fails; 0: none does.
thread_local long failing = 0;
thread_local long made = 0;

void* allocate(std::size_t size) noexcept {
  ++made;
  if (failing != 0 && made == failing) return nullptr;
  return std::malloc(size == 0 ? 1 : size);
}

void* allocate_or_throw(std::size_t size) {
  void* const memory = allocate(size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

void* operator new(std::size_t size) { return allocate_or_throw(size); }
void* operator new[](std::size_t size) { return allocate_or_throw(size); }
void* operator new(std::size_t size, const std::nothrow_t& /*tag*/) noexcept {
  return allocate(size);
}
void* operator new[](std::size_t size, const std::nothrow_t& /*tag*/) noexcept {
  return allocate(size);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t /*size*/) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t /*size*/) noexcept { std::free(memory); }

// NOLINTEND(cppcoreguidelines-no-malloc)

namespace sipdrift {
namespace {

struct Verdict {
  Status status = Status::not_compared;
  std::size_t findings = 0;
  bool has_failed = false;  // the allocation that was to fail was made
};

/// Judges a reply while the nth allocation fails.
Verdict judged(const std::string& body, MatchMode match, long nth) {
  const auto declared = read_manifest({{"m", R"(version: 1
numbers:
  - number: +14150000000
    inbound: { auth_mode: ip }
    outbound: { sip_endpoint: "sip:alice:secret@trunk.provider.com;a=1;b=2", transport: tls,
                port: 5061, secure_media: true }
)"}});
  EXPECT_TRUE(declared);
  AuditOptions with = options_without("SECRET");
  with.match = match;
  const FetchOutcome fetched = answered(body);
  NumberResult result{.number = declared->numbers[0].number,
                      .source = Source{},
                      .profile = {},
                      .tags = {},
                      .outcome = NotCompared{},
                      .evidence = {}};
  made = 0;
  failing = nth;
  try {
    judge(declared->declarations[0].expectation, fetched, with, result);
  } catch (const std::bad_alloc&) {
    // Not even the reason could be kept: the result stays what it was.
  }
  failing = 0;
  if (nth == 0 && result.error() != nullptr) ADD_FAILURE() << result.error()->message;
  return {result.status(), result.findings().size(), made >= nth};
}

std::string reply(const std::string& endpoint, int port) {
  return R"({"data":{"inbound":{"number":"+14150000000","direction":"inbound","sip_endpoint":null,"options":)"
         R"({"auth_mode":"ip","headers":{"X-Customer-Identification":"a long value, and another"}}},)"
         R"("outbound":{"number":"+14150000000","direction":"outbound","sip_endpoint":")" +
         endpoint + R"(","options":{"transport":"tls","secure_media":true,"port":)" +
         std::to_string(port) + R"(}}},"errors":null})";
}

class Allocation : public ::testing::TestWithParam<MatchMode> {};

TEST_P(Allocation, ThatFailsCostsTheVerdictAndBendsNone) {
  const std::string in_sync = reply("sip:alice:secret@trunk.provider.com;a=1;b=2", 5061);
  const std::string drifted = reply("sip:alice:secret@Trunk.Provider.com;b=3;a=1", 5062);
  ASSERT_EQ(judged(in_sync, GetParam(), 0).status, Status::in_sync);
  const Verdict truth = judged(drifted, GetParam(), 0);
  ASSERT_EQ(truth.status, Status::drifted);
  constexpr long enough = 10'000;
  long nth = 1;
  for (; nth < enough; ++nth) {
    const Verdict verdict = judged(in_sync, GetParam(), nth);
    if (!verdict.has_failed) break;
    ASSERT_EQ(verdict.status, Status::not_compared) << "allocation " << nth;
  }
  EXPECT_GT(nth, 30) << "few allocations were made: were they seen at all?";
  ASSERT_LT(nth, enough);
  for (nth = 1; nth < enough; ++nth) {
    const Verdict verdict = judged(drifted, GetParam(), nth);
    if (!verdict.has_failed) break;
    ASSERT_EQ(verdict.status, Status::not_compared) << "allocation " << nth;
  }
  ASSERT_LT(nth, enough);
}

INSTANTIATE_TEST_SUITE_P(InEachMode, Allocation,
                         ::testing::Values(MatchMode::sip, MatchMode::exact));

}  // namespace
}  // namespace sipdrift
