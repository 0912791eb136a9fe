package io.millrace.simulation.workload;

import io.millrace.engine.json.Json;
import tools.jackson.databind.node.ArrayNode;

/**
 * The processes of the workload, in the format of the export file, in short hand: {@code @05} is
 * the node 05, single quotes are double ones.
 */
final class Processes {
  private Processes() {}

  /** By {@code kind}: straight, copy with reference, copy without, call, alert, wait. */
  static ArrayNode main() {
    return nodes(
        node("01", 1, go("02"), ""),
        node(
            "02",
            0,
            kind(1, "11")
                + kind(2, "12")
                + kind(3, "13")
                + kind(4, "14")
                + kind(5, "15")
                + go("03"),
            ""),
        node("03", 2, "", ""),
        node("04", 2, "", ""),
        node(
            "11",
            0,
            "{'type':'api_copy','mode':'create','conv_id':2,'ref':'c-{{ref}}','group':'all',"
                + "'data':{},'err_node_id':'@16'},"
                + go("03"),
            ""),
        node(
            "12",
            0,
            "{'type':'api_copy','mode':'create','conv_id':2,'ref':'','data':{'of':'{{ref}}'},"
                + "'data_type':{'of':'string'},'err_node_id':'@16'},"
                + go("03"),
            ""),
        node(
            "13",
            0,
            "{'type':'api','method':'GET','url':'https://example.test/','extra':{},"
                + "'max_threads':2,'send_sys':false,'err_node_id':'@16'},"
                + go("03"),
            "{'type':'count','value':3,'esc_node_id':'@05'}"),
        node(
            "14",
            0,
            "{'type':'millrace_notify','channel':'inbox','title':'{{n}}','severity':'low',"
                + "'err_node_id':'@16'},"
                + go("03"),
            "{'type':'time','value':45,'to_node_id':'@04'}"),
        node("15", 0, "", "{'type':'time','value':40,'to_node_id':'@03'}"),
        node("16", 3, "", "{'type':'time','value':30,'to_node_id':'@02'}"),
        node("05", 2, "", ""));
  }

  static ArrayNode copies() {
    return nodes(
        node("01", 1, go("02"), ""),
        node(
            "02",
            0,
            "{'type':'set_param','extra':{'seen':'$.math({{n}}+1)'},"
                + "'extra_type':{'seen':'string'},'err_node_id':'@03'},"
                + go("03"),
            ""),
        node("03", 2, "", ""));
  }

  static ArrayNode states() {
    return nodes(
        node("01", 1, go("02"), ""),
        node("02", 0, "{'type':'api_callback'}," + status("on", "03") + go("02"), ""),
        node("03", 0, "{'type':'api_callback'}," + status("off", "02") + go("03"), ""));
  }

  private static String kind(int kind, String target) {
    return "{'type':'go_if_const','to_node_id':'@"
        + target
        + "','conditions':[{'param':'kind','const':'"
        + kind
        + "','fun':'eq','cast':'number'}]},";
  }

  private static String status(String status, String target) {
    return "{'type':'go_if_const','to_node_id':'@"
        + target
        + "','conditions':[{'param':'status','const':'"
        + status
        + "','fun':'eq'}]},";
  }

  private static String go(String target) {
    return "{'type':'go','to_node_id':'@" + target + "'}";
  }

  private static String node(String id, int type, String logics, String semaphores) {
    return "{'id':'@"
        + id
        + "','obj_type':"
        + type
        + ",'condition':{'logics':["
        + logics
        + "],'semaphors':["
        + semaphores
        + "]},'title':'Node "
        + id
        + "','x':0,'y':0}";
  }

  private static ArrayNode nodes(String... nodes) {
    String text = "[" + String.join(",", nodes) + "]";
    return (ArrayNode)
        Json.parse(text.replaceAll("@(\\d\\d)", "bbbbbbbbbbbbbbbbbbbbbb$1").replace('\'', '"'));
  }
}
