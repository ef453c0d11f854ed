// A small provider API on loopback: GET /v1/sip and GET /v1/sip/numbers over a fleet from a file.

#include <chrono>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iostream>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "fleet.hpp"
#include <CLI/CLI.hpp>
#include <httplib.h>
#include <sys/socket.h>

namespace sample {

namespace {

/// Threads, and so connections at a time: one that is kept alive keeps its thread.
constexpr std::size_t threads = 300;

std::string read_key(const std::string& path) {
  std::ifstream file(path);
  std::string key;
  if (!std::getline(file, key) || key.empty()) throw std::runtime_error(path + ": holds no key");
  return key;
}

/// How a request carries the key: in one of the two forms that the provider's documentation shows,
/// or not at all.
const char* auth_scheme(const httplib::Request& request, const std::string& key) {
  const std::string given = request.get_header_value("Authorization");
  if (given == "Bearer " + key) return "bearer";
  return given == key ? "raw" : "none";
}

void send(const Reply& reply, httplib::Response& response) {
  if (reply.delay_ms > 0) std::this_thread::sleep_for(std::chrono::milliseconds(reply.delay_ms));
  response.status = reply.status;
  response.set_content(reply.body, reply.content_type);
}

Reply answer_sip_config(const Fleet& fleet, const httplib::Request& request) {
  if (!request.has_param("phone_number")) {
    return error(400, "BAD_REQUEST", "phone_number is required");
  }
  return fleet.sip_config(request.get_param_value("phone_number"));
}

int serve(int port, const std::string& fleet_file, const std::string& key_file) {
  const Fleet fleet(fleet_file);
  const std::string key = read_key(key_file);

  httplib::Server server;
  server.new_task_queue = [] { return new httplib::ThreadPool(threads); };  // the server deletes it
  server.set_keep_alive_max_count(1'000'000);
  server.set_tcp_nodelay(true);
  int socket = -1;
  server.set_socket_options([&](int created) { socket = created; });

  server.set_pre_routing_handler([&](const httplib::Request& request, httplib::Response& response) {
    if (auth_scheme(request, key) != std::string_view("none")) {
      return httplib::Server::HandlerResponse::Unhandled;
    }
    send(error(401, "UNAUTHORIZED", "The API key is missing or not valid"), response);
    return httplib::Server::HandlerResponse::Handled;
  });
  server.Get("/v1/sip", [&](const httplib::Request& request, httplib::Response& response) {
    send(answer_sip_config(fleet, request), response);
  });
  server.Get("/v1/sip/numbers", [&](const httplib::Request&, httplib::Response& response) {
    send(fleet.numbers(), response);
  });
  // What is not there is told as a web server tells it, and not in the API's own envelope.
  server.set_error_handler([](const httplib::Request&, httplib::Response& response) {
    if (response.body.empty()) {
      response.set_content(R"({"status":"error","message":"No such endpoint"})",
                           "application/json");
    }
  });

  std::mutex log;  // requests come in on many threads
  server.set_logger([&](const httplib::Request& request, const httplib::Response& response) {
    const std::lock_guard<std::mutex> lock(log);
    std::cout << request.method << ' ' << request.target << ' ' << response.status << ' '
              << auth_scheme(request, key) << '\n'
              << std::flush;
  });

  const char* const host = "127.0.0.1";
  const int bound = port == 0 ? server.bind_to_any_port(host) : port;
  if (bound < 0 || (port != 0 && !server.bind_to_port(host, port))) {
    throw std::runtime_error("the port cannot be bound");
  }
  // The library queues 5 connections that wait to be accepted; with more, clients retry after 1 s.
  listen(socket, SOMAXCONN);
  std::cout << "listening on http://" << host << ':' << bound << '\n' << std::flush;
  return server.listen_after_bind() ? 0 : 1;
}

}  // namespace

}  // namespace sample

int main(int argc, char** argv) {
  try {
    CLI::App app(
        "A sample of the provider's API, on loopback, over a fleet from a file. Prints its address "
        "first, then a line for each request.");
    int port = 0;
    std::string fleet;
    std::string key_file;
    app.add_option("--port", port, "0 for any that is free")->check(CLI::Range(0, 65535));
    app.add_option("--fleet", fleet, "A JSON file of live configurations")->required();
    app.add_option("--api-key-file", key_file, "The key that requests must carry")->required();
    CLI11_PARSE(app, argc, argv);
    return sample::serve(port, fleet, key_file);
  } catch (const std::exception& error) {
    static_cast<void>(std::fprintf(stderr, "sample_provider_api: %s\n", error.what()));
    return 1;
  }
}
