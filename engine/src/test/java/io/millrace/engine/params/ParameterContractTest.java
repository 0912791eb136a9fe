package io.millrace.engine.params;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millrace.engine.json.Json;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ArrayNode;

/** Which data a declared parameter refuses (process-model 1.9). */
class ParameterContractTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      nullValues = "-",
      value = {
        // declaration | data | what is violated
        "'name':'a','type':'string','flags':['required','input'] | {'a':'x'} | -",
        "'name':'a','type':'string','flags':['required','input'] | {} | Param: a, Error: required",
        "'name':'a','type':'string','flags':['required','input'] | {'a':null} | Param: a, Error: required",
        "'name':'a','type':'string','flags':['required','input'] | {'a':''} | -",
        "'name':'a','type':'string','flags':['required'] | {} | -",
        "'name':'a','type':'string','flags':['required','output'] | {} | -",
        "'name':'a','type':'number','flags':[] | {'a':'x'} | -",
        "'name':'a','type':'number' | {'a':'x'} | -",
        "'name':'a','type':'number','flags':['input'] | {} | -",
        "'name':'a','type':'number','flags':['input'] | {'a':5} | -",
        "'name':'a','type':'number','flags':['input'] | {'a':'5'} | -",
        "'name':'a','type':'number','flags':['input'] | {'a':'x'} | Param: a, Value: x, Try convert to: number",
        "'name':'a','type':'object','flags':['input'] | {'a':[1]} | Param: a, Value: [1], Try convert to: object",
        "'name':'a','type':'boolean','flags':['input'] | {'a':'maybe'} | Param: a, Value: maybe, Try convert to: boolean",
        "'name':'u.name','type':'string','flags':['required','input'] | {'u':{'name':'x'}} | -",
        "'name':'u.name','type':'string','flags':['required','input'] | {'u.name':'x'} | Param: u.name, Error: required",
        "'name':'l[].k','type':'number','flags':['required','input'] | {'l':[{'k':1},{'k':2}]} | -",
        "'name':'l[].k','type':'number','flags':['required','input'] | {'l':[{'k':1},{}]} | Param: l[].k, Error: required",
        "'name':'l[].k','type':'number','flags':['required','input'] | {'l':[{'k':1},{'k':'x'}]} | Param: l[].k, Value: x, Try convert to: number",
        "'name':'l[].k','type':'number','flags':['required','input'] | {'l':[]} | -",
        "'name':'l[].k','type':'number','flags':['required','input'] | {} | Param: l[].k, Error: required",
        "'name':'l[]','type':'number','flags':['input'] | {'l':[1,'x']} | Param: l[], Value: x, Try convert to: number",
        "'name':'l[][].k','type':'number','flags':['input'] | {'l':[[{'k':1}],[{'k':'x'}]]} | Param: l[][].k, Value: x, Try convert to: number",
        "'name':'a','type':'string','flags':['input'],'regex':'^x' | {'a':'xy'} | -",
        "'name':'a','type':'string','flags':['input'],'regex':'^x' | {'a':'y'} | Param: a, Error: value does not match the regular expression",
        "'name':'a','type':'string','flags':['input'],'regex':'/^x/','regex_error_text':'must start with x' | {'a':'y'} | Param: a, Error: must start with x",
        "'name':'a','type':'string','flags':['input'],'regex':'/^x' | {'a':'/'} | Param: a, Error: value does not match the regular expression",
        "'name':'a','type':'number','flags':['input'],'regex':'^1' | {'a':25} | Param: a, Error: value does not match the regular expression",
        "'name':'a','type':'string','flags':['input'],'regex':'^x' | {} | -",
        "'name':'a','type':'string','flags':['output'],'regex':'^x' | {'a':'y'} | -",
      })
  void dataIsAcceptedOrRefused(String declaration, String data, @Nullable String expected) {
    ParameterContract contract = contract("{" + declaration + "}");

    Violation violation = contract.check(Json.parseObject(data.replace('\'', '"')));

    assertThat(violation == null ? null : violation.text()).isEqualTo(expected);
  }

  @Test
  void aViolationSaysWhetherItIsAConversion() {
    ParameterContract contract =
        contract("{'name':'a','type':'number','flags':['required','input']}");

    assertThat(
            Objects.requireNonNull(contract.check(Json.parseObject("{\"a\":\"x\"}"))).conversion())
        .isTrue();
    assertThat(Objects.requireNonNull(contract.check(Json.object())).conversion()).isFalse();
  }

  @Test
  void whatIsNotDeclaredPasses() {
    assertThat(contract("{'name':'a','type':'number'}").check(Json.object().put("b", "x")))
        .isNull();
    assertThat(ParameterContract.NONE.check(Json.object().put("b", "x"))).isNull();
  }

  @Test
  void theFirstDeclarationThatIsViolatedIsNamed() {
    ParameterContract contract =
        contract(
            "{'name':'b','type':'string','flags':['required','input']},"
                + "{'name':'a','type':'string','flags':['required','input']}");

    assertThat(Objects.requireNonNull(contract.check(Json.object())).name()).isEqualTo("b");
  }

  @Test
  void anExpressionOfAnOutputBindsTheReply() {
    ParameterContract contract =
        contract(
            "{'name':'a','type':'string','flags':['output'],'regex':'^x','regex_error_text':'no'}");

    assertThat(Objects.requireNonNull(contract.checkReply(Json.object().put("a", "y"))).text())
        .isEqualTo("Param: a, Error: no");
    assertThat(contract.checkReply(Json.object().put("a", "x"))).isNull();
    assertThat(contract.checkReply(Json.object())).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "'name':'a' | {'a':'secret','b':1} | {'a':'***','b':1}",
        "'name':'a' | {'a':null} | {'a':'***'}",
        "'name':'a' | {'b':1} | {'b':1}",
        "'name':'card.cvv' | {'card':{'cvv':123,'name':'x'}} | {'card':{'cvv':'***','name':'x'}}",
        "'name':'cards[].cvv' | {'cards':[{'cvv':1},{'x':2}]} | {'cards':[{'cvv':'***'},{'x':2}]}",
        "'name':'codes[]' | {'codes':[1,2]} | {'codes':['***','***']}",
      })
  void valuesToClearAreMasked(String declaration, String data, String shown) {
    ParameterContract contract =
        contract("{" + declaration + ",'type':'string','flags':['auto-clear']}");
    var original = Json.parseObject(data.replace('\'', '"'));

    assertThat(Json.text(contract.mask(original))).isEqualTo(shown.replace('\'', '"'));
    assertThat(Json.text(original)).isEqualTo(data.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "5 | params[0] is '5', expected an object",
        "{'type':'string'} | params[0].name: Path '' is not valid",
        "{'name':'','type':'string'} | params[0].name: Path '' is not valid",
        "{'name':'a..b','type':'string'} | params[0].name: Path 'a..b' is not valid",
        "{'name':5,'type':'string'} | params[0].name is '5', expected a string",
        "{'name':'a'} | params[0].type is missing, expected string, number",
        "{'name':'a','type':'text'} | params[0].type is 'text', expected string, number",
        "{'name':'a','type':'string','flags':'input'} | params[0].flags is 'input', expected an array",
        "{'name':'a','type':'string','flags':['in']} | params[0].flags is 'in', expected required",
        "{'name':'a','type':'string','regex':'('} | params[0].regex is '(', expected a regular expression",
        "{'name':'a','type':'string','descr':{}} | params[0].descr is '{}', expected a string",
        "{'name':'a','type':'string'},{'name':'a','type':'number'} | params[1].name 'a' is declared twice",
      })
  void anInvalidDeclarationIsRefusedByElementAndField(String declarations, String message) {
    assertThatExceptionOfType(ParameterContractException.class)
        .isThrownBy(() -> contract(declarations))
        .withMessageStartingWith("Params are not valid: ")
        .withMessageContaining(message);
  }

  private static ParameterContract contract(String declarations) {
    return ParameterContract.compile(
        (ArrayNode) Json.parse("[" + declarations.replace('\'', '"') + "]"));
  }
}
