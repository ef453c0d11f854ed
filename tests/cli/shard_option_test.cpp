// Which part a job audits: what it is told, and what its environment tells it where it asks.

#include "cli/shard_option.hpp"

#include <map>
#include <optional>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sipdrift {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

using Variables = std::map<std::string, std::string>;

Result<Shard, std::string> parse(const std::string& text, const Variables& variables = {}) {
  return parse_shard(text, [&](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  });
}

/// "2/4", or what is wrong.
std::string read(const std::string& text, const Variables& variables = {}) {
  const auto shard = parse(text, variables);
  if (!shard) return shard.error();
  return std::to_string(shard->index) + "/" + std::to_string(shard->count);
}

TEST(ShardOption, IsAPartOfSoMany) {
  EXPECT_EQ(read("1/1"), "1/1");
  EXPECT_EQ(read("2/4"), "2/4");
  EXPECT_EQ(read("1000000/1000000"), "1000000/1000000");
}

TEST(ShardOption, IsNothingElse) {
  for (const char* const text :
       {"",      "/",      "2",      "2/",          "/4",        "a/4", "2/b",   "-1/4",
        "+1/4",  "2/4/8",  " 2/4",   "2/4 ",        "1/1000001", "1/0", "1.5/4", "4294967297/4",
        "auto/", "auto/0", "auto/x", "automatic/4", "AUTO/4"}) {
    EXPECT_THAT(read(text), HasSubstr("is no part: write 2/4")) << text;
  }
  for (const char* const text : {"0/4", "5/4"}) {
    EXPECT_THAT(read(text), HasSubstr("the parts of 4 are 1 to 4")) << text;
  }
}

TEST(ShardOption, IsNotOfTheEnvironmentUnlessThatIsSaid) {
  const Variables all{
      {"JOB_COMPLETION_INDEX", "2"}, {"CI_NODE_INDEX", "3"}, {"CI_NODE_TOTAL", "7"}};
  EXPECT_EQ(read("1/4", all), "1/4");
}

TEST(ShardOption, TakesTheIndexOfAKubernetesJobFromZero) {
  EXPECT_EQ(read("auto/4", {{"JOB_COMPLETION_INDEX", "0"}}), "1/4");
  EXPECT_EQ(read("auto/4", {{"JOB_COMPLETION_INDEX", "3"}}), "4/4");
  EXPECT_THAT(read("auto/4", {{"JOB_COMPLETION_INDEX", "4"}}),
              HasSubstr("Kubernetes (JOB_COMPLETION_INDEX=4) is not within 1 to 4 parts"));
  EXPECT_THAT(read("auto/4", {{"JOB_COMPLETION_INDEX", "4294967295"}}), HasSubstr("not within"));
  EXPECT_THAT(read("auto", {{"JOB_COMPLETION_INDEX", "2"}}),
              AllOf(HasSubstr("JOB_COMPLETION_INDEX=2"), HasSubstr("not of how many")));
}

TEST(ShardOption, TakesThePlaceInASlurmArray) {
  EXPECT_EQ(read("auto", {{"SLURM_ARRAY_TASK_ID", "7"},
                          {"SLURM_ARRAY_TASK_MIN", "5"},
                          {"SLURM_ARRAY_TASK_COUNT", "4"},
                          {"SLURM_PROCID", "0"},
                          {"SLURM_NTASKS", "1"}}),
            "3/4");
  Variables stepped{{"SLURM_ARRAY_TASK_ID", "8"},
                    {"SLURM_ARRAY_TASK_MIN", "0"},
                    {"SLURM_ARRAY_TASK_MAX", "12"},
                    {"SLURM_ARRAY_TASK_STEP", "4"},
                    {"SLURM_ARRAY_TASK_COUNT", "4"}};
  EXPECT_EQ(read("auto", stepped), "3/4");
  EXPECT_EQ(read("auto/4", stepped), "3/4");
  EXPECT_THAT(read("auto/5", stepped), HasSubstr("another number of parts"));
  stepped["SLURM_NTASKS"] = "2";
  EXPECT_THAT(read("auto", stepped), HasSubstr("not clear which of the two"));
}

TEST(ShardOption, RefusesASlurmArrayWithGaps) {
  Variables uneven{{"SLURM_ARRAY_TASK_ID", "1"},
                   {"SLURM_ARRAY_TASK_MIN", "1"},
                   {"SLURM_ARRAY_TASK_MAX", "7"},
                   {"SLURM_ARRAY_TASK_STEP", "1"},
                   {"SLURM_ARRAY_TASK_COUNT", "3"}};
  EXPECT_THAT(read("auto", uneven), HasSubstr("not evenly spaced"));
  uneven["SLURM_ARRAY_TASK_STEP"] = "0";
  EXPECT_THAT(read("auto", uneven), HasSubstr("not evenly spaced"));
  EXPECT_THAT(read("auto/4", {{"SLURM_ARRAY_TASK_ID", "2"}, {"SLURM_ARRAY_TASK_MIN", "3"}}),
              HasSubstr("not evenly spaced"));
}

TEST(ShardOption, TakesTheTaskOfASlurmStep) {
  EXPECT_EQ(read("auto", {{"SLURM_PROCID", "0"}, {"SLURM_NTASKS", "3"}}), "1/3");
  EXPECT_THAT(read("auto", {{"SLURM_PROCID", "3"}, {"SLURM_NTASKS", "3"}}),
              HasSubstr("not within 1 to 3"));
}

TEST(ShardOption, TakesTheSequenceNumberOfGnuParallel) {
  EXPECT_EQ(read("auto/8", {{"PARALLEL_SEQ", "5"}, {"PARALLEL_JOBSLOT", "2"}}), "5/8");
  EXPECT_EQ(read("auto/8", {{"PARALLEL_JOBSLOT", "2"}}), "2/8");
  EXPECT_THAT(read("auto", {{"PARALLEL_SEQ", "5"}}), HasSubstr("not of how many"));
  EXPECT_THAT(read("auto/4", {{"PARALLEL_SEQ", "5"}}), HasSubstr("not within 1 to 4"));
}

TEST(ShardOption, TakesTheNodeOfGitLab) {
  EXPECT_EQ(read("auto", {{"CI_NODE_INDEX", "2"}, {"CI_NODE_TOTAL", "4"}}), "2/4");
  EXPECT_THAT(read("auto/5", {{"CI_NODE_INDEX", "2"}, {"CI_NODE_TOTAL", "4"}}),
              HasSubstr("another number of parts (CI_NODE_INDEX=2, CI_NODE_TOTAL=4)"));
  EXPECT_THAT(read("auto", {{"CI_NODE_INDEX", "0"}, {"CI_NODE_TOTAL", "4"}}),
              HasSubstr("not within"));
}

TEST(ShardOption, SaysWhatWasLookedForAndFound) {
  // GitLab sets the total in any job.
  EXPECT_THAT(
      read("auto/4", {{"CI_NODE_TOTAL", "1"}, {"CI_NODE_INDEX", ""}}),
      AllOf(HasSubstr("nothing tells"), HasSubstr("JOB_COMPLETION_INDEX"),
            HasSubstr("SLURM_PROCID"), HasSubstr("PARALLEL_SEQ"), HasSubstr("CI_NODE_INDEX")));
  EXPECT_THAT(read("auto/4", {{"PARALLEL_SEQ", "two"}}),
              HasSubstr("found PARALLEL_SEQ=two, which is no number"));
  EXPECT_THAT(read("auto", {{"CI_NODE_INDEX", "1"}, {"CI_NODE_TOTAL", "-1"}}),
              HasSubstr("found CI_NODE_INDEX=1, CI_NODE_TOTAL=-1, which is no number"));
}

TEST(ShardOption, RefusesTwoPlacesAlsoWhereTheyAgree) {
  EXPECT_THAT(read("auto/4", {{"JOB_COMPLETION_INDEX", "1"}, {"PARALLEL_SEQ", "2"}}),
              AllOf(HasSubstr("both Kubernetes (JOB_COMPLETION_INDEX=1)"),
                    HasSubstr("GNU parallel (PARALLEL_SEQ=2)")));
}

}  // namespace
}  // namespace sipdrift
